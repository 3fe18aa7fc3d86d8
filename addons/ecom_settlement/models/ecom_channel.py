from odoo import fields, models
from odoo.exceptions import UserError


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
