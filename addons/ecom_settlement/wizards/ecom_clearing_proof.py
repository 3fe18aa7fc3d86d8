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
# Ends of months that are shown, and items that are printed of each reason.
MONTHS, MOST_PRINTED = 6, 1000


class EcomClearingProof(models.TransientModel):
    """The clearing account at the end of each month: this must be zero, and this is why it is not."""

    _name = "ecom.clearing.proof"
    _description = "Clearing Account Proof"

    channel_id = fields.Many2one(
        "ecom.channel", string="Account", required=True, default=lambda self: self._first_account()
    )
    company_id = fields.Many2one(related="channel_id.company_id")
    journal_ids = fields.Many2many("account.journal", compute="_compute_journal_ids", compute_sudo=True)
    journal_id = fields.Many2one(
        "account.journal",
        string="Clearing Journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', journal_ids)]",
        help="One for each currency that the channel pays out.",
    )
    account_id = fields.Many2one(related="journal_id.default_account_id", string="Clearing Account")
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(string="At the End Of", required=True, default=lambda self: self._last_month_end())
    is_proved = fields.Boolean()
    balance = fields.Monetary(compute="_compute_balance")
    unexplained = fields.Monetary(compute="_compute_balance")
    line_ids = fields.One2many("ecom.clearing.proof.line", "proof_id", readonly=True)
    month_ids = fields.One2many("ecom.clearing.proof.month", "proof_id", readonly=True)

    @api.model
    def _last_month_end(self):
        return fields.Date.context_today(self).replace(day=1) - relativedelta(days=1)

    @api.model
    def _first_account(self):
        of_companies = ("company_id", "in", self.env.companies.ids)
        return self.env["ecom.channel"].search([of_companies, ("clearing_journal_id", "!=", False)], limit=1)

    def _compute_display_name(self):
        for proof in self:
            proof.display_name = self.env._("Clearing Account Proof")

    @api.depends("channel_id")
    def _compute_journal_ids(self):
        for proof in self:
            proof.journal_ids = proof.channel_id.clearing_journal_id | proof.channel_id.settlement_clearing_ids

    @api.depends("channel_id")
    def _compute_journal_id(self):
        for proof in self:
            proof.journal_id = proof.channel_id.clearing_journal_id

    @api.depends("line_ids")
    def _compute_balance(self):
        for proof in self:
            proof.balance = sum(proof.line_ids.mapped("amount"))
            proof.unexplained = sum(proof.line_ids.filtered(lambda line: not line.is_expected).mapped("amount"))

    # ----------------------------------------------------------------- actions
    def action_prove(self):
        self.ensure_one()
        self._check_reader()
        if not self.account_id:
            raise UserError(
                self.env._("Choose a clearing journal for %(channel)s first.", channel=self.channel_id.name)
            )
        lines = [Command.create(self._line(reason, *found)) for reason, found in self._found(self.day)]
        months = [Command.create(self._month(day)) for day in self._days()]
        self.write({"is_proved": True, "line_ids": [Command.clear(), *lines], "month_ids": [Command.clear(), *months]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Clearing Account Proof"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            # The same proof of another day is no step further.
            "target": "main",
        }

    def action_print(self):
        self.ensure_one()
        self._check_reader()
        return self.env.ref("ecom_settlement.ecom_clearing_proof_action_report").report_action(self)

    def _check_reader(self):
        if not self.env.su and not any(self.env.user.has_group(group) for group in READERS):
            raise AccessError(self.env._("Only who sees the books proves them."))
        self.channel_id.check_access("read")
        if self.journal_id - self.journal_ids:
            raise UserError(self.env._("This journal is not a clearing journal of the account."))

    # ------------------------------------------------------------------- prove
    def _found(self, day):
        """[(reason, (sum, items))] in the order of the reasons."""
        found = self.env["ecom.flow.prove"].sudo()._reasons(self.account_id, day, self.company_id)
        return [(reason, found[reason]) for reason, _label in REASONS if reason in found]

    @staticmethod
    def _line(reason, total, items):
        return {
            "reason": reason,
            "amount": total,
            "item_count": len(items),
            "since": min(items.mapped("date")),
            "item_ids": [Command.set(items.ids)],
        }

    def _days(self):
        """That day, and the ends of the months before it."""
        first = self.day.replace(day=1)
        return [self.day, *(first - relativedelta(months=back, days=1) for back in range(MONTHS - 1))]

    def _month(self, day):
        sums = {reason: total for reason, (total, _items) in self._found(day)}
        expected = sum(total for reason, total in sums.items() if reason in EXPECTED)
        balance = sum(sums.values())
        return {"day": day, "balance": balance, "expected": expected, "unexplained": balance - expected}

    def _printed(self):
        """[(line, [(item, what of it was open on that day)], how many more there are)]."""
        opened = self.env["ecom.flow.prove"].sudo()._open_items(self.account_id, self.day, self.company_id)
        for line in self.line_ids:
            items = line.item_ids.sorted(lambda item: (item.date, item.id))
            shown = [(item, opened.get(item, 0)) for item in items[:MOST_PRINTED]]
            yield line, shown, len(items) - len(shown)


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


class EcomClearingProofMonth(models.TransientModel):
    _name = "ecom.clearing.proof.month"
    _description = "Balance of a Clearing Account"

    proof_id = fields.Many2one("ecom.clearing.proof", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="proof_id.currency_id")
    day = fields.Date(string="At the End Of")
    balance = fields.Monetary()
    expected = fields.Monetary(string="Explained")
    unexplained = fields.Monetary(string="Not Explained")

    def action_show(self):
        """The reasons of that day."""
        self.ensure_one()
        self.check_access("read")
        self.proof_id.day = self.day
        return self.proof_id.action_prove()
