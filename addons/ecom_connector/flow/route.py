from odoo import models


class EcomFlowRoute(models.AbstractModel):
    """Which warehouse serves the order: the one of the location the channel assigned, else the channel's own."""

    _name = "ecom.flow.route"
    _description = "E-commerce: route"

    def _warehouse(self, batch, order):
        """One stock.warehouse, or an empty one for a company that has none."""
        if order.location in batch.warehouses:
            return batch.warehouses[order.location]
        if batch.home is None:
            batch.home = self._home(batch.channel)
        return batch.home

    def _home(self, channel):
        """The same warehouse whose stock the channel shows."""
        warehouses = self.env["stock.warehouse"]
        return channel.warehouse_id or warehouses.search([("company_id", "=", channel.company_id.id)], limit=1)
