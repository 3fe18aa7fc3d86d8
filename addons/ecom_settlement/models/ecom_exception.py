from odoo import fields, models


class EcomException(models.Model):
    _inherit = "ecom.exception"

    settlement_id = fields.Many2one("ecom.settlement", ondelete="cascade", index="btree_not_null")
