from odoo import models


class EcomFlowRoute(models.AbstractModel):
    """Which warehouse serves the order: the one of the location the channel assigned, else the channel's own."""

    _name = "ecom.flow.route"
    _description = "E-commerce: route"

    def _warehouse(self, channel, order):
        raise NotImplementedError
