from odoo import models
from odoo.tools import SQL


class EcomStockChange(models.Model):
    _inherit = "ecom.stock.change"

    def _listed_condition(self, product):
        """A component matters also where only its kit is listed."""
        return SQL(
            """(%s OR EXISTS (SELECT FROM mrp_bom_line line
                                JOIN mrp_bom bom ON bom.id = line.bom_id AND bom.active AND bom.type = 'phantom'
                               WHERE line.product_id = %s))""",
            super()._listed_condition(product),
            product,
        )
