from odoo import models

from ..channels.errors import ChannelError


class EcomFlowNormalise(models.AbstractModel):
    """A refund that the channel tells by itself is a part of its order: the order is asked for, and brings it along."""

    _inherit = "ecom.flow.normalise"

    def _read_refunds(self, channel, messages):
        bodies, noun = self._bodies(messages), channel._adapter().noun("refunds")
        for message in messages:
            try:
                refund = noun.parse_refund(bodies[message.id]) if noun and message.id in bodies else None
            except ChannelError as error:
                message._fail(str(error), error.code, category="money")
                continue
            if refund and refund.order_id and not self._is_here(channel, refund):
                self._ask_for_order(channel, refund)
            message._done()
        return []

    def _is_here(self, channel, refund):
        """The order brought it already, in this state."""
        known = [("channel_id", "=", channel.id), ("external_id", "=", refund.external_id)]
        return bool(self.env["ecom.refund"].search_count([*known, ("state", "=", refund.state)], limit=1))

    def _ask_for_order(self, channel, refund):
        """Once for each state of the refund."""
        key = f"refund:{refund.external_id}:{refund.version or refund.state}"
        same = [("channel_id", "=", channel.id), ("direction", "=", "in"), ("event_key", "=", key)]
        if not self.env["ecom.message"].search_count(same, limit=1):
            self.env["ecom.message"].create(
                {
                    "channel_id": channel.id,
                    "direction": "in",
                    "topic": "orders",
                    "external_id": refund.order_id,
                    "event_key": key,
                    "hint": True,
                }
            )
            self.env["ecom.flow.run"]._wake()
