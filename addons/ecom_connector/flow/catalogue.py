from odoo import models


class EcomFlowCatalogue(models.AbstractModel):
    """Products of the channel -> listings, matched by SKU, then barcode."""

    _name = "ecom.flow.catalogue"
    _description = "E-commerce: catalogue"

    def _question(self, channel):
        raise NotImplementedError

    def _ask(self, question):
        raise NotImplementedError

    def _store_page(self, channel, question, page):
        """Returns (when to read the catalogue again or None, whether pages are left)."""
        raise NotImplementedError
