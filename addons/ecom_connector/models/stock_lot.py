from odoo import models

# `removal_date` and its like come with product_expiry; core recomputes them on the quants without calling write there.
WATCHED = frozenset(("product_id", "expiration_date", "use_date", "removal_date"))


class StockLot(models.Model):
    _inherit = "stock.lot"

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            self.env["ecom.stock.change"]._mark("product", self.product_id._ids)
        return super().write(vals)
