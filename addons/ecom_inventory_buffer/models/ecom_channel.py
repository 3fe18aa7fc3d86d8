from datetime import timedelta

from odoo import fields, models

# A percentile of fewer says little. Until then: an order is seen with the next poll, a decision is shown soon.
ENOUGH = 20
PUSH_BELIEF = 30.0


class EcomChannel(models.Model):
    _inherit = "ecom.channel"

    margin_percent = fields.Float(
        string="Earned of a Sale",
        digits=(5, 2),
        help="What is left of the price after goods, fees, postage and advertising, in percent. Rules that keep scarce "
        "units for the channels where they earn more compare it.",
    )
    delay_ids = fields.One2many(
        "ecom.channel.delay",
        "channel_id",
        string="Measured Delays",
        groups="ecom_connector.ecom_connector_group_operator",
    )

    def _delays(self):
        """{channel id: (seconds from a sale to its import, seconds from a decision to its being shown)}.

        A channel that has not answered for longer is as late as that: its sales of all that time are unknown.
        """
        now = fields.Datetime.now()
        return {channel.id: channel._own_delays(now) for channel in self.sudo()}

    def _own_delays(self, now):
        limits, measured = self._adapter().limits, self.delay_ids[:1]
        believed = float(limits.sale_to_import_seconds + limits.poll_seconds)
        imported = measured.import_seconds if measured.import_count >= ENOUGH else believed
        pushed = measured.push_seconds if measured.push_count >= ENOUGH else PUSH_BELIEF
        read_at = self.cursor_ids.filtered(lambda cursor: cursor.topic == "orders").fresh_at
        if read_at:
            imported = max(imported, (now - read_at) / timedelta(seconds=1))
        return imported, pushed
