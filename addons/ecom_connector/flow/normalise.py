from odoo import models


class EcomFlowNormalise(models.AbstractModel):
    """Messages -> records.Order, in the words of the channel."""

    _name = "ecom.flow.normalise"
    _description = "E-commerce: normalise"

    def _read(self, channel, messages):
        """Returns a list of Reading(message_id, external_id, version, order | None, error | None), one a message.

        Hints are fetched by id (outside any write); Gone falls back to the stored body. Retryable errors and Refused
        are raised: they concern the channel, not the message.
        """
        raise NotImplementedError
