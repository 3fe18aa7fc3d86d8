from odoo import fields, models
from odoo.exceptions import UserError


class EcomChannel(models.Model):
    """What people do with a channel by a click. Whoever may write a channel may switch it: its managers."""

    _inherit = "ecom.channel"

    # ------------------------------------------------------------------ switching
    def action_resume(self):
        """Work again on all topics, at once."""
        self.check_access("write")
        now = fields.Datetime.now()
        for cursor in self.cursor_ids.sudo():
            values = {"paused": False, "failures": 0, "problem": False}
            if cursor.paused or cursor.failures:
                values["next_try"] = now if cursor.channel_id._asks(cursor.topic) else False
            cursor.write(values)
        self._settle_pause()
        self.env["ecom.flow.run"]._wake()

    def _settle_pause(self):
        """Resuming is the decision on what stands open about the access."""
        exceptions = (
            self.env["ecom.exception"]
            .sudo()
            .search([("channel_id", "in", self.ids), ("dedupe_key", "=", "refused"), ("state", "=", "open")])
        )
        exceptions._close("solved", self.env._("The channel was resumed."))

    def action_pause(self):
        self.check_access("write")
        reason = self.env._("Paused by %(user)s.", user=self.env.user.name)
        self.cursor_ids.sudo().write({"paused": True, "problem": reason})

    def action_go_live(self):
        self._switch("live")

    def action_go_test(self):
        self._switch("test")

    def action_switch_off(self):
        self._switch("off")

    def _switch(self, mode):
        self.check_access("write")
        if mode != "off":
            self._check_connected()
        self.write({"mode": mode})
        if mode != "off":
            self.env["ecom.flow.run"]._wake()

    def _check_connected(self):
        for channel in self:
            needed = {need.name for need in channel._adapter().needs if need.required}
            entered = self.env["ecom.channel.credential"].sudo().search([("channel_id", "=", channel.id)])
            if needed - set(entered.mapped("name")):
                raise UserError(
                    self.env._("%(channel)s has no access data yet. Enter them first.", channel=channel.name)
                )

    def action_read_catalogue(self):
        """Read all products of the channel again, from the first page."""
        self.check_access("write")
        cursors = self._cursors("products")
        cursors.write({"position": False, "next_try": fields.Datetime.now()})
        self.env["ecom.flow.run"]._wake()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The products are being read. New ones will appear under Listings."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # -------------------------------------------------------------------- opening
    def _open_list(self, xmlid, domain=(), context=None, channel_field="channel_id"):
        """The action `xmlid`, narrowed to these channels; its default filters give way to `context`."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"ecom_connector.{xmlid}")
        action["domain"] = [(channel_field, "in", self.ids), *domain]
        action["context"] = (
            {"create": False, **(context or {})} if action["res_model"] == "sale.order" else {**(context or {})}
        )
        if len(self) == 1:
            action["context"][f"default_{channel_field}"] = self.id
            action["display_name"] = f"{self.name}: {action['name']}"
        return action

    def action_open_orders(self):
        return self._open_list("sale_order_action", channel_field="ecom_channel_id")

    def action_open_orders_today(self):
        return self._open_list(
            "sale_order_action", [("ecom_placed_at", ">=", "today")], channel_field="ecom_channel_id"
        )

    def action_open_late_orders(self):
        late = [("ecom_is_late", "=", True)]
        return self._open_list("sale_order_action", late, channel_field="ecom_channel_id")

    def action_open_exceptions(self):
        return self._open_list("ecom_exception_action", context={"search_default_open": 1})

    def action_open_messages(self):
        return self._open_list("ecom_message_action")

    def action_open_waiting(self):
        return self._open_list("ecom_message_action", context={"search_default_waiting": 1})

    def action_open_failed(self):
        return self._open_list("ecom_message_action", context={"search_default_failed": 1})

    def action_open_listings(self):
        return self._open_list("ecom_listing_action")

    def action_open_review(self):
        return self._open_list("ecom_listing_action", context={"search_default_review": 1})

    def action_open_stock_levels(self):
        return self._open_list("ecom_stock_level_action")

    def action_open_parcels(self):
        return self._open_list("ecom_shipment_action")

    def action_open_taxes(self):
        return self._open_list("ecom_tax_map_action")

    def action_open_payment_methods(self):
        return self._open_list("ecom_payment_map_action")

    def action_open_shipping_methods(self):
        return self._open_list("ecom_delivery_map_action")

    def action_open_carriers(self):
        return self._open_list("ecom_carrier_map_action")

    def action_open_locations(self):
        return self._open_list("ecom_location_map_action")
