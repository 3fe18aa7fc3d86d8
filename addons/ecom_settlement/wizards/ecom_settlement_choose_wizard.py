from odoo import api, fields, models


class EcomSettlementChooseWizard(models.TransientModel):
    """A person says which order a line of a payout is about; every line that names the same order follows."""

    _name = "ecom.settlement.choose.wizard"
    _description = "Choose an Order"

    line_id = fields.Many2one("ecom.settlement.line", required=True, readonly=True)
    candidate_ids = fields.Many2many(related="line_id.candidate_ids")
    company_id = fields.Many2one(related="line_id.company_id")
    order_id = fields.Many2one("sale.order", required=True, domain="[('company_id', '=', company_id)]")
    alike_ids = fields.Many2many("ecom.settlement.line", compute="_compute_alike_ids", string="Lines Concerned")

    @api.depends("line_id")
    def _compute_alike_ids(self):
        for wizard in self:
            wizard.alike_ids = wizard.line_id._alike()

    def action_choose(self):
        self.ensure_one()
        self.line_id.settlement_id._check_accountant()
        self.order_id.check_access("read")
        self.line_id._alike().sudo().write(
            {"match_state": "confirmed", "order_id": self.order_id.id, "matched_by": self.env.uid}
        )
        self.line_id.settlement_id.message_post(
            body=self.env._(
                "Lines of %(name)s belong to %(order)s.",
                name=self.line_id.order_number or self.line_id.payment_reference or self.line_id.number,
                order=self.order_id.name,
            )
        )
