from odoo import api, fields, models
from odoo.exceptions import ValidationError

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
    "accrued": ("asset_current", "Sold and Not Yet Released by Channels"),
    "month": ("asset_current", "Payouts Carried to the Next Month"),
    "unknown": ("asset_current", "Payouts to Be Clarified"),
    "dispute_lost": ("expense", "Lost Disputes"),
    "write_off": ("expense", "Payouts Written Off"),
}
# Places in the books that no line of a report has.
PLACES = [
    ("accrued", "Sold and Not Yet Released"),
    ("month", "Carried to the Next Month"),
    ("dispute_lost", "Disputes That Were Lost"),
    ("write_off", "Written Off"),
]
# Only where orders that are not here are booked as sums.
SUMMED = {
    "sale": ("income", "Sales of Orders Kept Elsewhere"),
    "shipping": ("income", "Shipping of Orders Kept Elsewhere"),
    "promotion": ("income", "Promotions of Orders Kept Elsewhere"),
    "refund": ("income", "Refunds of Orders Kept Elsewhere"),
    "tax": ("liability_current", "Tax of Orders Kept Elsewhere"),
}


class Learned(dict):
    """{(kind, detail): family}: the word of a person counts for more than the reader's."""

    def of(self, kind, detail):
        """{"family": ...} of such a line, nothing where nobody said anything."""
        family = self.get((kind, detail or "")) or self.get((kind, ""))
        return {"family": family} if family else {}


class EcomSettlementMap(models.Model):
    """Where a kind of line goes in the books. Without a kind: all of a family that have no line of their own."""

    _name = "ecom.settlement.map"
    _description = "Account of a Kind of Line"
    _inherit = ["ecom.map"]
    _order = "channel_id, family, code, detail"

    code = fields.Char(string="Kind", required=False, help="What the report calls it. Empty: any kind of this family.")
    detail = fields.Char(help="What the report adds to it. Empty: whatever it adds.")
    market = fields.Char(
        string="Marketplace",
        help="As the report names it. Empty: all. Fees of a country may have taxes of its own.",
    )
    family = fields.Selection([*FAMILIES, *PLACES], string="What It Is", required=True, tracking=True)
    account_id = fields.Many2one(
        "account.account",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        tracking=True,
        domain="[('active', '=', True)]",
        ondelete="restrict",
    )
    tax_id = fields.Many2one(
        "account.tax",
        string="Tax in It",
        check_company=True,
        tracking=True,
        domain="[('type_tax_use', '=', 'purchase')]",
        help="The amount of the report contains this tax, or is subject to it by reverse charge.",
    )
    tax_since = fields.Date(string="Tax Applies From", tracking=True, help="Empty: always.")
    tax_before_id = fields.Many2one(
        "account.tax",
        check_company=True,
        tracking=True,
        domain="[('type_tax_use', '=', 'purchase')]",
        help="What applied before that day: a marketplace changes the country that it bills from.",
    )
    bill_partner_id = fields.Many2one(
        "res.partner",
        string="Billed By",
        check_company=True,
        tracking=True,
        help="This vendor sends a bill for it: what was kept of the payout pays the bill, and is no cost by itself.",
    )
    analytic_distribution = fields.Json(string="Analytic")
    analytic_precision = fields.Integer(
        store=False, default=lambda self: self.env["decimal.precision"].precision_get("Percentage Analytic")
    )
    rate_percent = fields.Float(
        string="Expected (%)", digits=(5, 2), tracking=True, help="Of what the buyer paid, as the rate card says."
    )
    rate_fixed = fields.Float(string="Expected per Order", digits=(16, 2), tracking=True)
    learned_by = fields.Many2one("res.users", readonly=True, help="Who said what this kind is, on a payout.")

    _kind_uniq = models.UniqueIndex(
        "(channel_id, COALESCE(code, ''), COALESCE(detail, ''), (CASE WHEN code IS NULL THEN family ELSE '' END), "
        "COALESCE(market, ''))",
        "This kind of line has an account already.",
    )

    @api.depends("bill_partner_id")
    def _compute_account_id(self):
        """What a vendor bills goes against what is owed to that vendor."""
        for one in self:
            vendor = one.bill_partner_id.with_company(one.channel_id.company_id)
            one.account_id = vendor.property_account_payable_id or one.account_id

    @api.constrains("bill_partner_id", "tax_id")
    def _check_billed(self):
        for one in self:
            if one.bill_partner_id and one.tax_id:
                raise ValidationError(
                    self.env._(
                        "Leave the taxes to the bill of %(vendor)s, or take the vendor away.",
                        vendor=one.bill_partner_id.display_name,
                    )
                )

    @staticmethod
    def _plain(channel):
        """Domain of the mappings of that account that hold for a whole family, wherever it is of."""
        return [("channel_id", "=", channel.id), ("code", "=", False), ("market", "=", False)]

    def _tax_on(self, day):
        """The tax that applies on that day; none where there is none."""
        return self.tax_before_id if self.tax_since and day < self.tax_since else self.tax_id

    def _learned(self, channel):
        """What people said of kinds on this account."""
        own = self.search([("channel_id", "=", channel.id), ("code", "!=", False)])
        return Learned({(one.code, one.detail or ""): one.family for one in own})

    def _wanted(self, channel, missing_order_policy):
        """[(family, type of account, its name, the account it has, or one of that name, or none)]."""
        mapped = self.search(self._plain(channel))
        known = {one.family: one.account_id for one in mapped}
        wanted = {**ACCOUNTS, **(SUMMED if missing_order_policy == "summary" else {})}
        return [
            (family, kind, name, known.get(family) or self._named(channel, kind, name)[:1])
            for family, (kind, name) in wanted.items()
        ]

    def _propose(self, channel, chosen=None):
        """An account for every family that has none yet: the one of `chosen` ({family: account}), else one of that name
        and type, made where it is missing."""
        mapped = self.search(self._plain(channel)).grouped("family")
        chosen = chosen or {}
        for family, kind, name, found in self._wanted(channel, channel.missing_order_policy):
            one = mapped.get(family)
            account = chosen.get(family) or found or self._account(channel, kind, name)
            if one and account != one.account_id:
                one.account_id = account
            elif not one:
                self.create({"channel_id": channel.id, "family": family, "name": name, "account_id": account.id})

    def _named(self, channel, kind, name):
        accounts = self.env["account.account"].with_company(channel.company_id)
        domain = [*accounts._check_company_domain(channel.company_id), ("account_type", "=", kind)]
        return accounts.search([*domain, ("name", "=", name)], limit=1)

    def _account(self, channel, kind, name):
        accounts = self.env["account.account"].with_company(channel.company_id)
        domain = [*accounts._check_company_domain(channel.company_id), ("account_type", "=", kind)]
        # Two kinds may share the account of one name: the first made it.
        found = self._named(channel, kind, name)
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
