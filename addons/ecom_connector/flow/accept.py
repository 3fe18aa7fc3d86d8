from odoo import fields, models

from ..channels import CHANNELS

ACCEPT = "accept:"


class EcomFlowAccept(models.AbstractModel):
    """Some marketplaces want to hear within hours that the seller has the order and will send it. They hear it when the
    order is confirmed here: one that is held or refused is not promised to anybody."""

    _name = "ecom.flow.accept"
    _description = "E-commerce: accept"

    def _tell(self, orders):
        """One message an order, once, of those whose channel named a deadline and can be told."""
        wanted = orders.filtered(lambda order: order.ecom_acknowledge_by and self._can_tell(order.ecom_channel_id))
        if not wanted:
            return
        keys = {f"{ACCEPT}{order.id}": order for order in wanted}
        known = self.env["ecom.message"].search([("direction", "=", "out"), ("event_key", "in", list(keys))])
        values = [self._message(key, order) for key, order in keys.items() if key not in known.mapped("event_key")]
        self.env["ecom.message"].create(values)
        self.env["ecom.flow.run"]._wake()

    @staticmethod
    def _can_tell(channel):
        return channel.code in CHANNELS and hasattr(channel._adapter().noun("orders"), "acknowledge_order")

    def _message(self, key, order):
        values = {
            "channel_id": order.ecom_channel_id.id,
            "direction": "out",
            "topic": "orders",
            "external_id": order.ecom_external_id,
            "event_key": key,
            "order_id": order.id,
        }
        if order.ecom_channel_id.mode == "test":
            reason = self.env._("It happened while the channel was in test mode.")
            values |= {"state": "ignored", "ignore_reason": reason, "done_at": fields.Datetime.now()}
        return values
