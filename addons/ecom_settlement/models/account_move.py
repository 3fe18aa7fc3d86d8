from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    ecom_settlement_id = fields.Many2one(
        "ecom.settlement", string="Settlement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    ecom_accrual_of_id = fields.Many2one(
        "ecom.settlement",
        string="Accrual of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="At the end of a month: sold, and not yet released by the channel. Reversed on the next day.",
    )
    ecom_settlement_part = fields.Integer(readonly=True, copy=False)
    ecom_settlement_undone = fields.Boolean(readonly=True, copy=False)

    # A payout is in the books once, however many people press the button.
    _ecom_settlement_uniq = models.UniqueIndex(
        "(ecom_settlement_id, ecom_settlement_part) "
        "WHERE ecom_settlement_id IS NOT NULL AND ecom_settlement_undone IS NOT TRUE"
    )

    def _post(self, soft=True):
        """A bill for fees that payouts kept is paid by them."""
        posted = super()._post(soft)
        bills = posted.filtered(lambda move: move.move_type in ("in_invoice", "in_refund"))
        if bills:
            self.env["ecom.flow.bill"].sudo()._pay(bills.sudo())
        return posted


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    ecom_settlement_role = fields.Char(readonly=True, copy=False, help="What it is in the entry of a payout.")
    ecom_settlement_pair = fields.Char(
        readonly=True, copy=False, help="What the other leg of a change of currency is known by as well."
    )
    ecom_order_id = fields.Many2one(
        "sale.order", string="Order Paid Out", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    # Which payouts the bank has not had yet, without reading ten thousand orders of each.
    _ecom_deposit_idx = models.Index("(move_id) WHERE ecom_settlement_role = 'deposit'")
