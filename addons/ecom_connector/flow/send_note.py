from odoo import models

from ..channels.records import Note
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    """How a word on an order is told: once a key, or from the second try on only if it does not stand there yet."""

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
        can_look = hasattr(noun, "find_note")
        return Call(
            client=channel._connect(),
            send=noun.send_note,
            find=noun.find_note if can_look else None,
            record=note,
            ask_first=can_look and message.attempts > 1,
            attempts=message.attempts,
        )

    def _settle_notes(self, channel, message, answer):
        """The message itself is the record of it."""
