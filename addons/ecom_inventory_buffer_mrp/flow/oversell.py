"""What a kit takes of a component is missing for all others: its order lines are among those that oversold it."""

from odoo import models


class EcomFlowOversell(models.AbstractModel):
    _inherit = "ecom.flow.oversell"

    def _short(self):
        """A kit is short because a component is: where that one is listed as well, its sales are traced, those of the
        kit among them, and not once more."""
        short = super()._short()
        recipes = self._kit_recipes(product for product, _warehouse in short)
        companies = self.env["ecom.flow.measure"]._warehouse_companies({warehouse for _product, warehouse in short})
        return {
            (product, warehouse): units
            for (product, warehouse), units in short.items()
            if not any((part, warehouse) in short for part in recipes.get((product, companies[warehouse]), ()))
        }

    def _takers(self, product_id, warehouse_id):
        kits = self.env["ecom.flow.explode"]._ancestors([product_id])
        company = self.env["stock.warehouse"].browse(warehouse_id).company_id
        recipes = self._kit_recipes(kits, company)
        each = {kit: recipe[product_id] for (kit, _company), recipe in recipes.items() if product_id in recipe}
        if not each:
            return super()._takers(product_id, warehouse_id)
        return [(line, each.get(line.product_id.id, 1.0)) for line in self._lines([product_id, *each], warehouse_id)]

    def _kit_recipes(self, product_ids, companies=None):
        companies = companies or self.env["res.company"].search([])  # pylint: disable=no-search-all  # a handful
        return self.env["ecom.flow.explode"]._recipes(set(product_ids), companies.ids)
