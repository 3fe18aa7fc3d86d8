"""What a kit takes of a component is missing for all others: its order lines are among those that oversold it."""

from odoo import models


class EcomFlowOversell(models.AbstractModel):
    _inherit = "ecom.flow.oversell"

    def _short(self):
        """A kit is short because a component is: where that one is listed as well, its sales are traced, those of the
        kit among them, and not once more."""
        short = super()._short()
        companies = self.env["ecom.flow.measure"]._warehouse_companies({warehouse for _product, warehouse in short})
        products = {product for product, _warehouse in short}
        recipes = self.env["ecom.flow.explode"]._recipes(products, set(companies.values()))
        return {
            (product, warehouse): units
            for (product, warehouse), units in short.items()
            if not any((part, warehouse) in short for part in recipes.get((product, companies[warehouse]), ()))
        }

    def _takers(self, product_id, warehouse_id):
        explode, warehouse = self.env["ecom.flow.explode"], self.env["stock.warehouse"].browse(warehouse_id)
        recipes = explode._recipes(explode._ancestors([product_id]), warehouse.company_id.ids)
        each = {kit: recipe[product_id] for (kit, _company), recipe in recipes.items() if product_id in recipe}
        if not each:
            return super()._takers(product_id, warehouse_id)
        return [(line, each.get(line.product_id.id, 1.0)) for line in self._lines([product_id, *each], warehouse_id)]
