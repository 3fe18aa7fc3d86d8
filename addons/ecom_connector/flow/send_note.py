from odoo import models

from ..channels.records import Note
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    """How a word on an order is told: once a key, so that an answer which never came costs nothing."""

    _inherit = "ecom.flow.send"

    def _prepare_notes(self, channel, message):
        noun = channel._adapter().noun("orders")
        if not hasattr(noun, "send_note"):
            return Call(answer=Answer(ignored=self.env._("This platform takes no notes.")))
        note = Note(
            key=message.event_key,
            order_id=message.order_id.ecom_external_id,
            text=message.note or "",
            to_buyer=channel.tell_buyer,
        )
        return Call(client=channel._connect(), send=noun.send_note, record=note, attempts=message.attempts)

    def _settle_notes(self, channel, message, answer):
        """The message itself is the record of it."""
