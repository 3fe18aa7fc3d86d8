from odoo import fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    ecom_kind = fields.Selection(
        [
            ("free", "Sold from there"),
            ("quarantine", "In quarantine"),
            ("damaged", "Damaged goods"),
            ("inspection", "Awaiting inspection"),
        ],
        string="Goods for Online Sale",
        index="btree_not_null",
        help="What channels are told of the goods here and below. Empty: as the location above; goods in the stock of "
        "a warehouse are sold, goods elsewhere in it are not.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "ecom_kind" in vals:
            self.env["ecom.stock.change"]._mark("location", self._ids)
        return result
