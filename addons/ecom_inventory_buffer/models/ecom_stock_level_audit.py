from odoo import fields, models


class EcomStockLevel(models.Model):
    _inherit = "ecom.stock.level"

    audit_id = fields.Many2one(
        "ecom.stock.audit", string="Being Compared", index="btree_not_null", ondelete="set null", copy=False
    )
    published_before = fields.Integer(help="What the channel had confirmed before it confirmed the present figure.")
