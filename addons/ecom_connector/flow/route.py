from odoo import models


class EcomFlowRoute(models.AbstractModel):
    """Which warehouse serves the order: the one of the location the channel assigned, else the channel's own."""

    _name = "ecom.flow.route"
    _description = "E-commerce: route"

    def _warehouse(self, batch, order):
        """One stock.warehouse, or an empty one for a company that has none."""
        assigned = batch.warehouses.get(order.location)
        return assigned or batch.channel.warehouse_id or self._first_warehouse(batch.channel.company_id)

    def _first_warehouse(self, company):
        return self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
