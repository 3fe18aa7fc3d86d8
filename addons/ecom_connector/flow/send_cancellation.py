"""How a cancellation is told: what stays of each line, in units of its listing."""

from decimal import Decimal
from math import floor

from odoo import models

from ..channels.records import Cancellation, ShipmentLine
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _prepare_orders(self, channel, message):
        """Returns the Call that tells what stays of the order now. Told twice it is told once, so nothing is asked
        first."""
        order = message.order_id
        noun = channel._adapter().noun("orders")
        if not hasattr(noun, "cancel_order"):
            return Call(answer=Answer(ignored=self.env._("This platform cannot be told what we cancel.")))
        lines = () if order.state == "cancel" else self._prepare_remaining_lines(order)
        if order.state != "cancel" and not lines:
            return Call(answer=Answer(ignored=self.env._("There is nothing to take back any more.")))
        cancellation = Cancellation(
            key=message.event_key,
            order_id=order.ecom_external_id,
            lines=lines,
            reason=self.env._("Cancelled by the seller"),
            notify_buyer=channel.tell_buyer,
        )
        return Call(client=channel._connect(), send=noun.cancel_order, record=cancellation, attempts=message.attempts)

    def _prepare_remaining_lines(self, order):
        """What stays of the lines of which the channel still counts more."""
        lines = []
        for line in order.order_line.filtered(lambda line: line.ecom_external_id and line.extra_tax_data):
            units = line.ecom_listing_id.units or 1.0
            stated, now = line.extra_tax_data["quantity"] / units, line.product_uom_qty / units
            if now < stated:
                lines.append(ShipmentLine(line_id=line.ecom_external_id, quantity=Decimal(floor(round(now, 6)))))
        return tuple(lines)

    def _settle_orders(self, channel, message, answer):
        message.order_id._ecom_note(self.env._("The channel was told what is cancelled."))
