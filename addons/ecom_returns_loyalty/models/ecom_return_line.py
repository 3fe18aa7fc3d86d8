from odoo import fields, models


class EcomReturnLine(models.Model):
    _inherit = "ecom.return.line"

    resolution = fields.Selection(
        selection_add=[("store_credit", "Store Credit"), ("none",)], ondelete={"store_credit": "set default"}
    )
