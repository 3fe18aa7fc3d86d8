from odoo import fields, models


class EcomChannel(models.Model):
    """From when on orders are wanted: whoever changes that wants the ones in between as well."""

    _inherit = "ecom.channel"

    def write(self, vals):
        before = {channel: (channel.go_live, channel.open_orders_only) for channel in self}
        result = super().write(vals)
        if vals.keys() & {"go_live", "open_orders_only"}:
            for channel, (go_live, open_orders_only) in before.items():
                if channel.open_orders_only and not open_orders_only:
                    channel._read_orders_since(False)
                elif channel.go_live and go_live and channel.go_live < go_live:
                    channel._read_orders_since(channel.go_live)
        return result

    def _read_orders_since(self, moment):
        """Put the cursor back to that moment; False: begin with the open orders of any age."""
        cursor = self._cursors("orders")
        if not cursor.read_until:
            return
        since = moment and min(moment, cursor.read_until)
        cursor.write({"read_until": since, "position": False, "seen_until": False, "next_try": fields.Datetime.now()})
        self.env["ecom.flow.run"]._wake()
