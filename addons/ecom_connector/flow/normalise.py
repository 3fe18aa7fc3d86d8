"""Messages -> records.Order, in the words of the channel."""

from dataclasses import dataclass

from odoo import models

from ..channels.errors import RETRYABLE, ChannelError, Gone, Refused, Unreadable
from ..channels.records import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one message says: an order as the channel states it, or why it cannot be read."""

    message_id: int
    external_id: str
    version: str
    order: Order | None = None
    error: ChannelError | None = None


class EcomFlowNormalise(models.AbstractModel):
    _name = "ecom.flow.normalise"
    _description = "E-commerce: normalise"

    def _read(self, channel, messages):
        """Returns a list of Reading(message_id, external_id, version, order | None, error | None), one a message.

        Hints are fetched by id (outside any write); Gone falls back to the stored body. Retryable errors and Refused
        are raised: they concern the channel, not the message.
        """
        orders = channel._adapter().noun("orders")
        bodies = {payload.message_id.id: payload.body for payload in messages.sudo().payload_ids}
        client = channel._connect() if any(message.hint for message in messages) else None
        return [self._read_order(orders, client, message, bodies.get(message.id)) for message in messages]

    def _read_order(self, orders, client, message, body):
        facts = {"message_id": message.id, "external_id": message.external_id or "", "version": message.version or ""}
        try:
            if message.hint:
                try:
                    body = orders.fetch_order(client, message.external_id).body
                except Gone:
                    if not body:
                        raise
            if not body:
                raise Unreadable(self.env._("The raw message was erased and cannot be fetched again."))
            order = orders.parse_order(bytes(body))
        except (Refused, *RETRYABLE):
            raise
        except ChannelError as error:
            return Reading(**facts, error=error)
        return Reading(message_id=message.id, external_id=order.external_id, version=order.version, order=order)
