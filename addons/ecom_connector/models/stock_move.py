from odoo import api, models

# The fields that change how much a move takes out of what can be sold; core watches the same ones for its orderpoints.
WATCHED = frozenset(
    (
        "state",
        "product_uom_qty",
        "product_uom",
        "product_id",
        "location_id",
        "location_dest_id",
        "location_final_id",
        "date",
        "procure_method",
        "restrict_partner_id",
    )
)


class StockMove(models.Model):
    """Quants alone miss what is ordered and not reserved: orders confirmed with manual or dated reservation, moves
    cancelled or deleted before they are reserved."""

    _inherit = "stock.move"

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        self.env["ecom.stock.change"]._mark("move", moves._ids)
        return moves

    def write(self, vals):
        if not WATCHED.isdisjoint(vals):
            if "product_id" in vals:
                self.env["ecom.stock.change"]._mark("product", self.product_id._ids)
            self.env["ecom.stock.change"]._mark("move", self._ids)
        return super().write(vals)

    def unlink(self):
        self.env["ecom.stock.change"]._mark("product", self.product_id._ids)
        return super().unlink()
