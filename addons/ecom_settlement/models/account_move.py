from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    ecom_settlement_id = fields.Many2one(
        "ecom.settlement", string="Settlement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    ecom_settlement_part = fields.Integer(readonly=True, copy=False)
    ecom_settlement_undone = fields.Boolean(readonly=True, copy=False)

    # A payout is in the books once, however many people press the button.
    _ecom_settlement_uniq = models.UniqueIndex(
        "(ecom_settlement_id, ecom_settlement_part) "
        "WHERE ecom_settlement_id IS NOT NULL AND ecom_settlement_undone IS NOT TRUE"
    )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ecom_settlement_role = fields.Char(readonly=True, copy=False, help="What it is in the entry of a payout.")
    ecom_order_id = fields.Many2one(
        "sale.order", string="Order Paid Out", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
