from odoo import fields, models

from .ecom_settlement_line import FAMILIES

# Family -> (type of the account that is made for it, name of the account). The customer's money has none: it is taken
# off where it waits. Whatever the chart of accounts of the country: a type every chart has, never a code.
ACCOUNTS = {
    "commission": ("expense", "Marketplace Commissions"),
    "payment_fee": ("expense", "Payment Fees"),
    "fulfilment": ("expense", "Fulfilment Fees"),
    "storage": ("expense", "Marketplace Storage"),
    "advertising": ("expense", "Marketplace Advertising"),
    "subscription": ("expense", "Marketplace Subscriptions and Listings"),
    "label": ("expense", "Shipping Labels"),
    "inbound": ("expense", "Inbound Freight to Marketplaces"),
    "other_fee": ("expense", "Other Marketplace Fees"),
    "remitted_tax": ("liability_current", "Tax Collected and Paid by Marketplaces"),
    "reserve": ("asset_current", "Reserves Held by Channels"),
    "carried": ("liability_current", "Owed to Channels"),
    "charged": ("liability_current", "Owed to Channels"),
    "dispute": ("asset_current", "Disputed Payments"),
    "loan": ("liability_current", "Advances of Channels"),
    "withholding": ("asset_current", "Taxes Withheld by Channels"),
    "conversion": ("asset_current", "Currency Conversions in Transit"),
    "transfer": ("asset_current", "Transfers in Transit"),
    "reimbursement": ("income_other", "Reimbursements of Marketplaces"),
    "adjustment": ("expense", "Adjustments of Channels"),
    "rounding": ("expense", "Rounding of Payouts"),
    "month": ("asset_current", "Payouts Carried to the Next Month"),
    "unknown": ("asset_current", "Payouts to Be Clarified"),
}


class EcomSettlementMap(models.Model):
    """Where a kind of line goes in the books. Without a kind: all of a family that have no line of their own."""

    _name = "ecom.settlement.map"
    _description = "Account of a Kind of Line"
    _inherit = ["ecom.map"]
    _order = "channel_id, family, code, detail"

    code = fields.Char(string="Kind", required=False, help="What the report calls it. Empty: any kind of this family.")
    detail = fields.Char(help="What the report adds to it. Empty: whatever it adds.")
    family = fields.Selection(
        [*FAMILIES, ("month", "Carried to the Next Month")], string="What It Is", required=True, tracking=True
    )
    account_id = fields.Many2one(
        "account.account", check_company=True, tracking=True, domain="[('active', '=', True)]", ondelete="restrict"
    )
    analytic_distribution = fields.Json(string="Analytic")
    analytic_precision = fields.Integer(
        store=False, default=lambda self: self.env["decimal.precision"].precision_get("Percentage Analytic")
    )

    _kind_uniq = models.UniqueIndex(
        "(channel_id, COALESCE(code, ''), COALESCE(detail, ''), (CASE WHEN code IS NULL THEN family ELSE '' END))",
        "This kind of line has an account already.",
    )

    def _propose(self, channel):
        """An account for every family that has none yet: one of that name and type, made where it is missing."""
        known = set(self.search([("channel_id", "=", channel.id), ("code", "=", False)]).mapped("family"))
        for family, (kind, name) in ACCOUNTS.items():
            if family not in known:
                account = self._account(channel, kind, name)
                self.create({"channel_id": channel.id, "family": family, "name": name, "account_id": account.id})

    def _account(self, channel, kind, name):
        accounts = self.env["account.account"].with_company(channel.company_id)
        domain = [*accounts._check_company_domain(channel.company_id), ("account_type", "=", kind)]
        found = accounts.search([*domain, ("name", "=", name)], limit=1)
        if found:
            return found
        neighbour = accounts.search(domain, order="id", limit=1)
        code = accounts._search_new_account_code(neighbour.code or "600000")
        # Balances that come and go are paired; a payout to a shop of another kind may share the account.
        reconcile = kind in ("asset_current", "liability_current")
        return accounts.create(
            {
                "name": name,
                "code": code,
                "account_type": kind,
                "reconcile": reconcile,
                "company_ids": [(6, 0, channel.company_id.ids)],
            }
        )
