from odoo import models

from .accept import ACCEPT
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    """How an order is accepted: told twice it is told once, so nothing is asked first."""

    _inherit = "ecom.flow.send"

    def _prepare_orders(self, channel, message):
        if not message.event_key.startswith(ACCEPT):
            return super()._prepare_orders(channel, message)
        noun = channel._adapter().noun("orders")
        if not hasattr(noun, "acknowledge_order"):
            return Call(answer=Answer(ignored=self.env._("This platform does not want to hear of it.")))
        return Call(
            client=channel._connect(),
            send=lambda client, number: noun.acknowledge_order(client, number) or number,
            record=message.external_id,
            attempts=message.attempts,
        )

    def _settle_orders(self, channel, message, answer):
        """The deadline stays on the order until the channel says by itself that it has none any more."""
        if not message.event_key.startswith(ACCEPT):
            return super()._settle_orders(channel, message, answer)
        message.order_id._ecom_note(self.env._("The channel was told that this order is accepted."))
