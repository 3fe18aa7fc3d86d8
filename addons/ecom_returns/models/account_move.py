from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    ecom_return_id = fields.Many2one(
        "ecom.return", string="Return", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ecom_return_line_id = fields.Many2one(
        "ecom.return.line", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )
    ecom_credits_id = fields.Many2one(
        "account.move.line", string="Credits", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )
    ecom_units = fields.Float(string="Units Credited", digits="Product Unit", readonly=True, copy=False)
