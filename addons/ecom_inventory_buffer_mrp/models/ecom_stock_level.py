from odoo import api, models


class EcomStockLevel(models.Model):
    _inherit = "ecom.stock.level"

    @api.model
    def _fit_to_products(self, products):
        """Whether stock is kept of a component decides whether its kits can be counted."""
        kits = self.env["ecom.flow.explode"]._ancestors(products.ids)
        return super()._fit_to_products(products | products.browse(kits))
