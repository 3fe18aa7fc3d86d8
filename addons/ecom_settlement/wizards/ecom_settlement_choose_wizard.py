from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.ecom_settlement import STATED


class EcomSettlementChooseWizard(models.TransientModel):
    """A person says which order a line of a payout is about; every line that names the same order follows. One line may
    be about several orders: then each has its share."""

    _name = "ecom.settlement.choose.wizard"
    _description = "Choose an Order"

    line_id = fields.Many2one("ecom.settlement.line", required=True, readonly=True)
    candidate_ids = fields.Many2many(related="line_id.candidate_ids")
    company_id = fields.Many2one(related="line_id.company_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    amount = fields.Float(related="line_id.amount")
    order_id = fields.Many2one("sale.order", domain="[('company_id', '=', company_id)]")
    is_shared = fields.Boolean(string="Several Orders")
    share_ids = fields.One2many("ecom.settlement.choose.share", "wizard_id", string="Shares")
    alike_ids = fields.Many2many("ecom.settlement.line", compute="_compute_alike_ids", string="Lines Concerned")

    @api.depends("line_id")
    def _compute_alike_ids(self):
        for wizard in self:
            wizard.alike_ids = wizard.line_id._alike()

    def action_choose(self):
        self.ensure_one()
        self.line_id.settlement_id._check_accountant()
        orders = self.share_ids.order_id if self.is_shared else self.order_id
        if not orders:
            raise UserError(self.env._("Choose an order."))
        orders.check_access("read")
        if not self.is_shared:
            self.line_id._take(self.order_id)
            return
        shares = [(share.order_id, share.amount) for share in self.share_ids]
        self.line_id._check_force(orders, shares=[(order.id, amount) for order, amount in shares])
        self.line_id._share_out(shares)


class EcomSettlementChooseShare(models.TransientModel):
    _name = "ecom.settlement.choose.share"
    _description = "Share of an Order to Choose"

    wizard_id = fields.Many2one("ecom.settlement.choose.wizard", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    order_id = fields.Many2one("sale.order", required=True, domain="[('company_id', '=', company_id)]")
    amount = fields.Float(digits=STATED, required=True)
