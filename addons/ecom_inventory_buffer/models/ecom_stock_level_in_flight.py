from odoo import models


class EcomStockLevel(models.Model):
    _inherit = "ecom.stock.level"

    def write(self, vals):
        """Units found missing on one channel are sold for all others as well."""
        if "in_flight" in vals:
            changed = self.filtered(lambda level: level.in_flight != vals["in_flight"])
            self.env["ecom.stock.change"]._mark("product", changed.product_id._ids)
        return super().write(vals)
