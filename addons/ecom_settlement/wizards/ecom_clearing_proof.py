from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

REASONS = [
    ("on_its_way", "Paid out, and not received by the bank"),
    ("not_paid_out", "Paid by buyers, and not paid out yet"),
    ("left_there", "Left with the channel"),
    ("without_payment", "Paid out, and no payment here that it was for"),
    ("bank_only", "Received by the bank, and no payout here"),
    ("unexplained", "Not explained"),
]
EXPECTED = ("on_its_way", "not_paid_out", "left_there")
READERS = ("account.group_account_readonly", "account.group_account_user", "account.group_account_manager")


class EcomClearingProof(models.TransientModel):
    """The clearing account at the end of each month: this must be zero, and this is why it is not."""

    _name = "ecom.clearing.proof"
    _description = "Clearing Account Proof"

    channel_id = fields.Many2one("ecom.channel", string="Account", required=True)
    company_id = fields.Many2one(related="channel_id.company_id")
    account_id = fields.Many2one(related="channel_id.clearing_journal_id.default_account_id", string="Clearing Account")
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(string="At the End Of", required=True, default=lambda self: self._last_month_end())
    balance = fields.Monetary(compute="_compute_balance")
    unexplained = fields.Monetary(compute="_compute_balance")
    line_ids = fields.One2many("ecom.clearing.proof.line", "proof_id", readonly=True)

    @api.model
    def _last_month_end(self):
        return fields.Date.context_today(self).replace(day=1) - relativedelta(days=1)

    @api.depends("line_ids")
    def _compute_balance(self):
        for proof in self:
            proof.balance = sum(proof.line_ids.mapped("amount"))
            proof.unexplained = sum(proof.line_ids.filtered(lambda line: not line.is_expected).mapped("amount"))

    def action_prove(self):
        self.ensure_one()
        if not self.env.su and not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("Only who sees the books proves them."))
        self.channel_id.check_access("read")
        if not self.account_id:
            raise UserError(
                self.env._("Choose a clearing journal for %(channel)s first.", channel=self.channel_id.name)
            )
        found = self.env["ecom.flow.prove"].sudo()._reasons(self.account_id, self.day, self.company_id)
        lines = [
            Command.create(
                {
                    "reason": reason,
                    "amount": found[reason][0],
                    "item_count": len(found[reason][1]),
                    "since": min(found[reason][1].mapped("date")),
                    "item_ids": [Command.set(found[reason][1].ids)],
                }
            )
            for reason, _label in REASONS
            if reason in found
        ]
        self.line_ids = [Command.clear(), *lines]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Clearing Account Proof"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }


class EcomClearingProofLine(models.TransientModel):
    _name = "ecom.clearing.proof.line"
    _description = "Reason of a Balance"

    proof_id = fields.Many2one("ecom.clearing.proof", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="proof_id.currency_id")
    reason = fields.Selection(REASONS, string="Why", required=True)
    is_expected = fields.Boolean(compute="_compute_is_expected")
    amount = fields.Monetary()
    item_count = fields.Integer(string="Items")
    since = fields.Date(string="Oldest")
    item_ids = fields.Many2many("account.move.line")

    @api.depends("reason")
    def _compute_is_expected(self):
        for line in self:
            line.is_expected = line.reason in EXPECTED

    def action_open_items(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["reason"]._description_selection(self.env))[self.reason],
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [("id", "in", self.item_ids.ids)],
        }
