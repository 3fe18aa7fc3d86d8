from odoo import models


class EcomFlowPlace(models.AbstractModel):
    """Order -> contact, sale order with exact taxes, confirmed and reserved."""

    _name = "ecom.flow.place"
    _description = "E-commerce: place"

    def _settle(self, channel, readings):
        """Apply a batch: newest version of each order once, older ones superseded, the bad ones halved out.

        A savepoint a batch; writes the state of every message. Raises only database errors worth a retry.
        """
        raise NotImplementedError
