from odoo import models

WATCHED = frozenset(("lot_stock_id", "active"))


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            self.env["ecom.stock.change"]._mark("warehouse", self._ids)
        return super().write(vals)
