from odoo import models


class EcomFlowShip(models.AbstractModel):
    """Done delivery -> parcels -> outgoing messages."""

    _name = "ecom.flow.ship"
    _description = "E-commerce: ship"

    def _shipped(self, pickings):
        """Called when transfers are done, in their transaction: makes ecom.shipment and the outgoing messages."""
        raise NotImplementedError
