from odoo import api, models

WATCHED = frozenset(("quantity", "reserved_quantity", "location_id", "owner_id", "lot_id", "product_id"))


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model_create_multi
    def create(self, vals_list):
        quants = super().create(vals_list)
        self.env["ecom.stock.change"]._mark("quant", quants._ids)
        return quants

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            if "product_id" in vals:
                self.env["ecom.stock.change"]._mark("product", self.product_id._ids)
            self.env["ecom.stock.change"]._mark("quant", self._ids)
        return super().write(vals)

    def unlink(self):
        self.env["ecom.stock.change"]._mark("product", self.product_id._ids)
        return super().unlink()

    @api.model
    def _merge_quants(self):
        """Core merges duplicates by plain SQL and lifts a negative sum of reservations to zero: only that changes
        what can be sold, and no write shows it anywhere."""
        negative = self.env["stock.quant"].sudo()._read_group([("reserved_quantity", "<", 0)], ["product_id"])
        self.env["ecom.stock.change"]._mark("product", [product.id for (product,) in negative])
        return super()._merge_quants()
