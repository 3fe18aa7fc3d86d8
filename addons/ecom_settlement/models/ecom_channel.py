from odoo import fields, models
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
    settlement_rounding = fields.Float(
        string="Rounding of a Payout",
        default=0.05,
        digits=(16, 4),
        help="Reports with more digits than the currency may differ by as much from their payout; it goes to the "
        "account for rounding.",
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
    payout_post_by = fields.Selection(RIGHTS, string="Who Posts Payouts", default="accountant", required=True)
    payout_force_by = fields.Selection(
        RIGHTS,
        string="Who Forces a Match",
        default="accountant",
        required=True,
        tracking=True,
        help="An order that no rule found for a line, and reports that contradict themselves.",
    )
    write_off_limit = fields.Float(
        string="Write Off Up To",
        default=5.0,
        digits=(16, 2),
        tracking=True,
        help="In the currency of the payout. Above it an approver of payouts is needed.",
    )

    def write(self, vals):
        if "receivable_policy" in vals:
            self._refuse_policy_change(vals["receivable_policy"])
        return super().write(vals)

    def _refuse_policy_change(self, policy):
        """Money that was taken off receivables on capture would be taken off again at payout, or never."""
        for channel in self.filtered(lambda channel: channel.receivable_policy != policy):
            # Nobody who sets policies need see the books.
            settlements = self.env["ecom.settlement"].sudo()
            waiting = settlements.search_count(
                [("channel_id", "=", channel.id), ("state", "=", "new"), ("line_ids", "!=", False)], limit=1
            )
            if waiting:
                raise UserError(
                    self.env._(
                        "%(channel)s has payouts that are not posted yet: their money was booked as the policy says "
                        "now. Post them first, then change when receivables are cleared.",
                        channel=channel.name,
                    )
                )

    def _settlement_journal(self):
        return self.settlement_journal_id or self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(self.company_id), ("type", "=", "general")], limit=1
        )

    def action_propose_settlement_accounts(self):
        """An account for every family of fees and balances."""
        self.ensure_one()
        self.check_access("write")
        self.env["account.account"].check_access("create")
        self.env["ecom.settlement.map"]._propose(self)
        action = self.env["ir.actions.act_window"]._for_xml_id("ecom_settlement.ecom_settlement_map_action")
        return {**action, "domain": [("channel_id", "=", self.id)], "context": {"default_channel_id": self.id}}
