from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACCOUNTANT, CHIEF = "account.group_account_invoice", "account.group_account_manager"


class EcomReturnPolicy(models.Model):
    _inherit = "ecom.return.policy"

    credit_limit = fields.Monetary(
        string="Chief Accountant Above",
        help="A credit of more is given by an accounting manager who did not agree to the return. 0: no limit.",
    )


class EcomReturn(models.Model):
    """The accountant's side: what is given back and why, before it is; and back to the agent with a question."""

    _inherit = "ecom.return"

    preview = fields.Html(
        string="What Is Given Back", compute="_compute_preview", sanitize=False, help="As it would be credited now."
    )
    question = fields.Char(readonly=True, copy=False, tracking=True, help="What the accountant wants to know first.")

    @api.depends("disagreement")
    @api.depends_context("uid")
    def _compute_preview(self):
        """The sum in sentences; what keeps it from being credited where something does."""
        flow, due = self.env["ecom.flow.return.reckon"].sudo(), self.browse()
        if self.env.user.has_group(ACCOUNTANT):
            due = self.filtered(lambda record: record.disagreement == "goods_without_money")
        for record in self:
            record.preview = False
        for record in due:
            lines = record.sudo().line_ids.filtered(lambda line: line._is_creditable)
            try:
                words = [flow._explain(reckoned) for reckoned in flow._reckon(lines)] if lines else []
            except UserError as error:
                words = [[str(error)]]
            record.preview = self.env["ir.qweb"]._render("ecom_returns.credit_preview", {"invoices": words})

    def action_credit(self):
        """Above the policy's limit by a chief accountant, and not by who agreed to the return."""
        for record in self:
            record._check_credit_limit()
        result = super().action_credit()
        self.sudo().question = False
        return result

    def _check_credit_limit(self):
        limit = self.policy_id.credit_limit
        if self.env.su or not limit or self.currency_id.compare_amounts(self.value, limit) <= 0:
            return
        if not self.env.user.has_group(CHIEF) or self.authorised_by == self.env.user:
            raise UserError(
                self.env._("So much is credited by an accounting manager who did not agree to the return himself.")
            )

    def _ask(self, question):
        """Back to who agreed to it, with what the accountant wants to know."""
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only who works on invoices may send a return back."))
        self.check_access("read")
        for record in self.sudo():
            record.question = question
            record.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("A question before it is credited"),
                note=question,
                user_id=(record.authorised_by if record.authorised_by.active else record.create_uid).id,
            )
