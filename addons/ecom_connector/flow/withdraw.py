from odoo import fields, models

from ..channels import CHANNELS
from .accept import ACCEPT


class EcomFlowWithdraw(models.AbstractModel):
    """What people cancel here, whole or by line -> told to the channel, where its folder offers that; else somebody is
    asked to do it there."""

    _name = "ecom.flow.withdraw"
    _description = "E-commerce: withdraw"

    def _tell(self, orders):
        """One message an order; it says what stays, so what an older one had to say is in it."""
        for order in orders.filtered("ecom_external_id"):
            if self._can_tell(order.ecom_channel_id):
                self._tell_channel(order)
            else:
                self._ask_to_tell(order)

    @staticmethod
    def _can_tell(channel):
        return channel.code in CHANNELS and hasattr(channel._adapter().noun("orders"), "cancel_order")

    def _tell_channel(self, order):
        messages = self.env["ecom.message"].search(
            [("order_id", "=", order.id), ("direction", "=", "out"), ("topic", "=", "orders")]
        )
        # What is accepted and reduced afterwards is still accepted.
        older = messages.filtered(lambda message: message.state in ("waiting", "failed"))
        if order.state != "cancel":
            older = older.filtered(lambda message: not message.event_key.startswith(ACCEPT))
        older._move("superseded")
        self.env["ecom.message"].create(
            {
                "channel_id": order.ecom_channel_id.id,
                "direction": "out",
                "topic": "orders",
                "external_id": order.ecom_external_id,
                "event_key": f"cancel:{order.id}:{len(messages) + 1}",
                "order_id": order.id,
                **self._withheld(order),
            }
        )
        self.env["ecom.flow.run"]._wake()

    def _withheld(self, order):
        if order.ecom_channel_id.mode != "test":
            return {}
        reason = self.env._("It happened while the channel was in test mode.")
        return {"state": "ignored", "ignore_reason": reason, "done_at": fields.Datetime.now()}

    def _ask_to_tell(self, order):
        number, channel = order.ecom_number or order.name, order.ecom_channel_id
        if order.state == "cancel":
            name = self.env._("%(number)s is cancelled here only", number=number)
        else:
            name = self.env._("Less of %(number)s is ordered here only", number=number)
        self.env["ecom.exception"]._open(
            channel,
            category="change",
            severity="2",
            name=name,
            detail=self.env._("%(channel)s cannot be told by us. Do the same there.", channel=channel.name),
            dedupe_key=self._key(order),
            order_id=order.id,
        )

    @staticmethod
    def _key(order):
        return f"withdraw:{order.ecom_external_id}"
