from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OWING = ("carrier", "channel", "vendor")
OPERATOR = "ecom_connector.ecom_connector_group_operator"


class EcomReturnClaim(models.Model):
    """What somebody else owes us for returned goods: a marketplace that damaged them in its warehouse, a carrier that
    lost them, a vendor who made them badly. Followed until it is paid or given up."""

    _name = "ecom.return.claim"
    _description = "Claim for Returned Goods"
    _order = "due_on, id"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _rec_name = "line_id"
    _check_company_auto = True

    line_id = fields.Many2one("ecom.return.line", string="For", required=True, readonly=True, ondelete="cascade")
    return_id = fields.Many2one(related="line_id.return_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    channel_id = fields.Many2one(related="line_id.return_id.channel_id", store=True)
    product_id = fields.Many2one(related="line_id.product_id")
    against = fields.Selection(
        [("carrier", "The Carrier"), ("channel", "The Marketplace"), ("vendor", "The Vendor")],
        required=True,
        readonly=True,
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(string="Claimed", tracking=True)
    paid_amount = fields.Monetary(string="Paid", readonly=True, tracking=True)
    reimbursement_ids = fields.One2many("ecom.return.reimbursement", "claim_id", string="Paid by Payouts")
    reference = fields.Char(string="Case Number", help="Of the other side.")
    due_on = fields.Date(string="Claim By", help="After that the other side does not listen any more.")
    note = fields.Char(string="Why It Was Refused", readonly=True)
    state = fields.Selection(
        [("open", "To Claim"), ("claimed", "Claimed"), ("paid", "Paid"), ("refused", "Refused")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )

    _line_uniq = models.UniqueIndex("(line_id, against)", "That is claimed already.")

    @api.model
    def _propose(self, lines):
        """One for each line that somebody else answers for; what it cost us is what was given back for it."""
        answered = lines.filtered(lambda line: line.fault in OWING)
        known = self.search([("line_id", "in", answered.ids)])
        return self.create(
            [
                {
                    "line_id": line.id,
                    "against": line.fault,
                    "amount": line.value,
                    "currency_id": (line.currency_id or line.company_id.currency_id).id,
                }
                for line in answered - known.line_id
            ]
        )

    def action_claim(self):
        self._step(("open",), "claimed")

    def action_paid(self):
        """The whole of it came."""
        for claim in self:
            claim._step(("claimed",), "paid", paid_amount=claim.amount)

    def action_give_up(self):
        """Refused by the other side, or not worth the work; where a part was paid, no more is to come."""
        for claim in self:
            claim._step(("open", "claimed"), "paid" if claim.paid_amount > 0 else "refused")

    def _count_paid(self):
        """What payouts paid for it, and took back."""
        for claim in self:
            paid = claim.currency_id.round(sum(claim.reimbursement_ids.mapped("amount")))
            whole = claim.currency_id.compare_amounts(paid, claim.amount) >= 0
            claim.write({"paid_amount": paid, "state": "paid" if whole else "claimed"})

    def _step(self, before, after, **values):
        if not self.env.user.has_group(OPERATOR):
            raise AccessError(self.env._("Only operators may follow claims."))
        self.check_access("write")
        if self.filtered(lambda claim: claim.state not in before):
            raise UserError(self.env._("This claim is further already."))
        self.sudo().write({"state": after, **values})


class EcomFlowReturnDispose(models.AbstractModel):
    _inherit = "ecom.flow.return.dispose"

    def _dispose(self, lines, disposition):
        """Whose fault it is was said by whoever decided: what others answer for is claimed."""
        result = super()._dispose(lines, disposition)
        self.env["ecom.return.claim"].sudo()._propose(lines)
        return result
