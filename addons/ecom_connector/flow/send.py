from odoo import models


class EcomFlowSend(models.AbstractModel):
    """Outgoing messages -> channel, after commit, with their key."""

    _name = "ecom.flow.send"
    _description = "E-commerce: send"

    def _prepare(self, channel, message):
        """Returns a plain call value (client, noun function, record, whether it was tried before)."""
        raise NotImplementedError

    def _call(self, call):
        """The outward call. After an answer that never came the channel is asked what it holds first. Returns an
        answer value; raises retryable errors and Refused."""
        raise NotImplementedError

    def _settle(self, channel, message, answer):
        raise NotImplementedError
