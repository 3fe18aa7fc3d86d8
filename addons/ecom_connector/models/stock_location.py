from odoo import models

WATCHED = frozenset(("location_id", "active", "usage", "company_id"))


class StockLocation(models.Model):
    """Moving or archiving a location moves what lies in it, though no quant is written."""

    _inherit = "stock.location"

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            self.env["ecom.stock.change"]._mark("location", self._ids)
        return super().write(vals)
