from odoo import fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import UserError

RIGHTS = [("accountant", "Accountants"), ("approver", "Approvers of payouts")]


class EcomChannel(models.Model):
    _inherit = "ecom.channel"

    settlement_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of Payouts",
        check_company=True,
        domain="[('type', '=', 'general')]",
        tracking=True,
        help="Entries of payouts. Empty: the first journal for miscellaneous entries.",
    )
    settlement_clearing_ids = fields.Many2many(
        "account.journal",
        string="Clearing Journals of Other Currencies",
        groups="account.group_account_readonly,account.group_account_invoice,"
        "ecom_connector.ecom_connector_group_operator",
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('currency_id', '!=', False)]",
        help="Where a channel pays out in several currencies, a journal for each: its account is owed that currency.",
    )
    settlement_rounding = fields.Float(
        string="Rounding of a Payout",
        default=0.05,
        digits=(16, 4),
        help="Reports with more digits than the currency may differ by as much from their payout; it goes to the "
        "account for rounding.",
    )
    conversion_limit = fields.Float(
        string="Conversion Within (%)",
        default=10.0,
        digits=(5, 2),
        tracking=True,
        help="A payout in another currency settles an invoice if both are worth the same that day, give or take this "
        "much; what is in between is exchange. Beyond it, the invoice stays open.",
    )
    missing_order_policy = fields.Selection(
        [
            ("suspense", "Wait until somebody clarifies it"),
            ("summary", "Is booked as sales, one sum a kind"),
            ("import", "Brings the order here, by its number"),
        ],
        string="Money of Orders Not Here",
        default="suspense",
        required=True,
        tracking=True,
        help="Of orders before you went live, or kept in another system.",
    )
    payout_lag_days = fields.Integer(
        string="Paid Out Within",
        default=14,
        help="Days after which a sale that no payout brought is a trouble and not only late.",
    )
    dispute_days = fields.Integer(
        string="Answer Disputes Within", default=7, help="Days, where the report states no deadline."
    )
    payout_post_by = fields.Selection(
        RIGHTS, string="Who Posts Payouts", default="accountant", required=True, tracking=True
    )
    payout_force_by = fields.Selection(
        RIGHTS,
        string="Who Forces a Match",
        default="accountant",
        required=True,
        tracking=True,
        help="An order that no rule found for a line, and reports that contradict themselves.",
    )
    payout_two_people = fields.Boolean(
        string="Two People",
        tracking=True,
        help="What needs an approver is asked for by one and approved by another, also among approvers.",
    )
    write_off_limit = fields.Float(
        string="Write Off Up To",
        default=5.0,
        digits=(16, 2),
        tracking=True,
        help="In the currency of the payout. Above it an approver of payouts is needed.",
    )
    settlement_entries = fields.Selection(
        [("payout", "One entry a payout"), ("order", "One entry an order")],
        string="Entries of Payouts",
        default="payout",
        required=True,
        tracking=True,
        help="One entry an order has its fees beside it, and each its share of the payout; with thousands of orders a "
        "month that is many entries.",
    )
    settlement_tz = fields.Selection(
        _tz_get,
        string="Months End In",
        tracking=True,
        help="Time zone in which a payout over two months is split: that of the marketplace, for one. Empty: that of "
        "the company.",
    )

    def write(self, vals):
        if "receivable_policy" in vals:
            self._refuse_policy_change(vals["receivable_policy"])
        return super().write(vals)

    def _refuse_policy_change(self, policy):
        """Money that was taken off receivables on capture would be taken off again at payout, or never."""
        for channel in self.filtered(lambda channel: channel.receivable_policy != policy):
            problem = channel._money_on_the_way()
            if problem:
                raise UserError(problem)

    def _money_on_the_way(self):
        """Why the policy may not change now, in words."""
        # Nobody who sets policies need see the books.
        channel, settlements = self.sudo(), self.env["ecom.settlement"].sudo()
        waiting = [("channel_id", "=", channel.id), ("state", "=", "new"), ("line_ids", "!=", False)]
        waiting.append(("is_waiting", "=", False))
        if settlements.search_count(waiting, limit=1):
            return self.env._(
                "%(channel)s has payouts that are not posted yet: their money was booked as the policy says now. Post "
                "them first, then change when receivables are cleared.",
                channel=channel.name,
            )
        captured = channel._captured_and_not_paid_out()
        if captured:
            return self.env._(
                "%(count)s payments of %(channel)s were booked on capture and are in no payout yet, the oldest for "
                "%(order)s. Change when receivables are cleared once they are settled.",
                count=len(captured),
                channel=channel.name,
                order=captured[0].order_id.name,
            )
        return ""

    def _captured_and_not_paid_out(self):
        """Payments of this account that wait on its clearing account."""
        clearing = (self.clearing_journal_id | self.settlement_clearing_ids).default_account_id
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "in", clearing.ids),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("payment_id.ecom_order_payment_id", "!=", False),
            ],
            order="date, id",
        )
        payments = lines.payment_id.ecom_order_payment_id
        return payments.filtered(lambda one: (one.provider_id or one.channel_id) == self)

    def _clearing_journal(self, currency):
        """The journal whose account money of that currency waits on."""
        own = self.settlement_clearing_ids.filtered(lambda journal: journal.currency_id == currency)
        return own[:1] or self.clearing_journal_id

    def _settlement_journal(self):
        return self.settlement_journal_id or self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(self.company_id), ("type", "=", "general")], limit=1
        )
