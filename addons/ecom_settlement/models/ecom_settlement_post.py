from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tools import date_utils

# Community gives the first to nobody by itself: there, who administers billing keeps the books.
ACCOUNTANTS = ("account.group_account_user", "account.group_account_manager")


class EcomSettlement(models.Model):
    """Into the books and out of them."""

    _inherit = "ecom.settlement"

    move_ids = fields.One2many("account.move", "ecom_settlement_id", string="Entries", readonly=True)
    accrual_ids = fields.One2many("account.move", "ecom_accrual_of_id", string="Accruals", readonly=True)
    move_count = fields.Integer(compute="_compute_move_count", compute_sudo=True)
    is_deposited = fields.Boolean(
        string="Received", compute="_compute_is_deposited", compute_sudo=True, help="The bank has the money."
    )
    accepted_by = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    late_by = fields.Many2one(
        "res.users",
        string="Booked Late By",
        readonly=True,
        copy=False,
        tracking=True,
        help="Who decided that what falls into a closed month is booked on the first open day.",
    )

    is_late = fields.Boolean(
        compute="_compute_is_late", compute_sudo=True, help="A part of it falls into a month that is closed."
    )

    # One report of a payout is in the books, whatever the number of its revisions.
    _posted_uniq = models.UniqueIndex("(channel_id, external_id) WHERE state = 'posted'")

    @api.depends("move_ids")
    def _compute_move_count(self):
        for settlement in self:
            settlement.move_count = len(settlement.move_ids)

    @api.depends("state", "move_ids.ecom_settlement_undone", "move_ids.line_ids.reconciled")
    def _compute_is_deposited(self):
        for settlement in self:
            settlement.is_deposited = settlement.state == "posted" and all(settlement._deposits().mapped("reconciled"))

    @api.depends("state", "line_ids.posted_at", "deposit_date")
    def _compute_is_late(self):
        plan = self.env["ecom.flow.plan"]
        new = self.filtered(lambda settlement: settlement.state == "new")
        first = dict(
            self.env["ecom.settlement.line"]._read_group(
                [("settlement_id", "in", new.ids)], ["settlement_id"], ["posted_at:min"]
            )
        )
        for settlement in self:
            begun = first.get(settlement) or settlement.deposit_date
            is_new = settlement in new and begun
            settlement.is_late = bool(is_new and plan._violated(settlement.channel_id, fields.Date.to_date(begun)))

    def _entries(self):
        """The entries in force."""
        return self.move_ids.filtered(lambda move: not move.ecom_settlement_undone and move.state == "posted")

    def _deposits(self):
        """What the bank should have received, in the entries in force."""
        return self.env["account.move.line"].search(
            [("move_id", "in", self._entries().ids), ("ecom_settlement_role", "=", "deposit")]
        )

    def _check_accountant(self):
        """Who reads reports need not be who keeps the books."""
        if not self.env.su and not any(self.env.user.has_group(group) for group in ACCOUNTANTS):
            raise AccessError(self.env._("Only accountants book payouts."))
        self.check_access("write")

    # ----------------------------------------------------------------- actions
    def action_accept(self):
        """Book a report that contradicts itself all the same; what is not explained waits to be clarified."""
        self._check_accountant()
        self._accept()

    def _accept(self):
        for settlement in self.filtered(lambda one: one.state == "new" and one.flaws):
            settlement.sudo().accepted_by = self.env.user
            settlement.message_post(body=self.env._("Accepted as it is, though the report contradicts itself."))

    def action_book_late(self):
        """What falls into a closed month is booked on the first open day; or, pressed again, is not."""
        self._check_accountant()
        for settlement in self.filtered(lambda one: one.state == "new"):
            settlement.sudo().late_by = False if settlement.late_by else self.env.user
            if settlement.late_by:
                settlement.message_post(body=self.env._("What falls into a closed month goes to the first open day."))

    def action_preview(self):
        """The entry before it exists."""
        self.ensure_one()
        self._check_accountant()
        self._offer_set_up()
        self.env["ecom.flow.explain"].sudo()._explain(self.sudo())
        return self.env["ecom.settlement.post.wizard"]._open(self)

    def _offer_set_up(self):
        """An account that nobody has set up is set up first, by who may."""
        channel, may = self.channel_id.sudo(), self.env["ecom.settlement.setup.wizard"].has_access("create")
        if may and not channel._clearing_journal(self.currency_id).default_account_id:
            raise RedirectWarning(
                self.env._("%(channel)s is not set up for payouts yet.", channel=channel.name),
                self.env.ref("ecom_settlement.ecom_settlement_setup_wizard_action").id,
                self.env._("Set It Up"),
                {"default_channel_id": channel.id},
            )

    def action_post(self):
        """Match and book; then look for the deposit."""
        self._check_accountant()
        self._book()

    def _book(self):
        for settlement in self:
            self.env["ecom.flow.explain"].sudo()._explain(settlement.sudo())
            self.env["ecom.flow.book"].sudo()._post(settlement.sudo())
            self.env["ecom.flow.deposit"].sudo()._take_sure(settlement.sudo())

    def action_undo(self):
        self._check_accountant()
        for settlement in self:
            self.env["ecom.flow.book"].sudo()._undo(settlement.sudo())
            settlement.message_post(body=self.env._("The posting was undone."))

    def action_accrue(self):
        """What is of last month and not booked yet: on its last day, taken back on the next."""
        self._check_accountant()
        last = date_utils.start_of(fields.Date.context_today(self), "month") - timedelta(days=1)
        for settlement in self:
            self.env["ecom.flow.explain"].sudo()._explain(settlement.sudo())
        moves = self.env["ecom.flow.accrue"].sudo()._accrue(self.sudo(), last)
        if not moves:
            raise UserError(self.env._("Nothing of last month waits to be released in these payouts."))
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_journal_line")
        return {**action, "domain": [("id", "in", moves.ids)], "context": {}}

    def action_find_deposit(self):
        """Reconcile with the bank what only one line of a statement can be."""
        self._check_accountant()
        found = sum(self.env["ecom.flow.deposit"].sudo()._take_sure(settlement.sudo()) for settlement in self)
        if not found:
            raise UserError(self.env._("No line of a bank statement is of that amount in those days, or several are."))

    def action_open_entries(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_journal_line")
        return {**action, "domain": [("ecom_settlement_id", "=", self.id)], "context": {}}
