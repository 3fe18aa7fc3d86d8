from odoo import models


class EcomFlowInvoice(models.AbstractModel):
    """Invoice and payment as the channel's policy says."""

    _name = "ecom.flow.invoice"
    _description = "E-commerce: invoice"

    def _invoice(self, orders):
        raise NotImplementedError
