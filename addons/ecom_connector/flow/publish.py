from odoo import models


class EcomFlowPublish(models.AbstractModel):
    """Decided levels -> channel, with the in-flight guard."""

    _name = "ecom.flow.publish"
    _description = "E-commerce: publish"

    def _intend(self, channel):
        """Choose a batch of the channel's size, write the intent (sent, sent_sequence), return it as a plain value;
        None when nothing may go out now."""
        raise NotImplementedError

    def _call(self, batch):
        """The outward call. Never raises: the answer carries results or the error (`answer.raise_error()`)."""
        raise NotImplementedError

    def _settle(self, channel, batch, answer):
        raise NotImplementedError
