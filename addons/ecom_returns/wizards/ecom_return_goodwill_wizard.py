from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACCOUNTANT, CHIEF = "account.group_account_invoice", "account.group_account_manager"


class EcomReturnGoodwillWizard(models.TransientModel):
    """Money for a customer who sends nothing back: a scratch, a late parcel."""

    _name = "ecom.return.goodwill.wizard"
    _description = "Goodwill Refund"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="For",
        required=True,
        domain="[('order_id', '=', order_id), ('display_type', '=', False), ('qty_invoiced', '>', 0)]",
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="order_id.currency_id")
    charged = fields.Monetary(related="order_line_id.price_total", string="Was Charged")
    amount = fields.Monetary(required=True, help="With tax.")
    reason = fields.Char(required=True, help="Stands on the credit note.")

    @api.model
    def default_get(self, fields):
        """The one article of the order, where there is one alone."""
        values = super().default_get(fields)
        order = self.env["sale.order"].browse(values.get("order_id"))
        lines = order.order_line.filtered(lambda line: not line.display_type and line.qty_invoiced > 0)
        if len(lines) == 1:
            values["order_line_id"] = lines.id
        return values

    def action_give(self):
        """Credit it, and say so on the order."""
        self.ensure_one()
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only who works on invoices may give money back."))
        self.order_id.check_access("read")
        self._check_amount()
        flow = self.env["ecom.flow.return.goodwill"].sudo().with_company(self.order_id.company_id)
        note = flow._goodwill(self.order_line_id.sudo(), self.amount, self.reason.strip())
        self.order_id.sudo().message_post(
            body=self.env._(
                "Goodwill of %(amount)s for %(article)s: %(reason)s",
                amount=self.currency_id.format(self.amount),
                article=self.order_line_id.product_id.display_name,
                reason=self.reason.strip(),
            ),
            author_id=self.env.user.partner_id.id,
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_refund_type")
        return {**action, "res_id": note.id, "views": [(False, "form")], "view_mode": "form"}

    def _check_amount(self):
        if self.order_line_id.order_id != self.order_id:
            raise UserError(self.env._("This article is of another order."))
        if self.currency_id.compare_amounts(self.amount, 0.0) <= 0:
            raise UserError(self.env._("Say how much is given back."))
        limit = self.env["ecom.return.policy"]._find(self.order_id).credit_limit
        too_much = limit and self.currency_id.compare_amounts(self.amount, limit) > 0
        if too_much and not self.env.user.has_group(CHIEF):
            raise UserError(self.env._("So much is given back by an accounting manager."))
