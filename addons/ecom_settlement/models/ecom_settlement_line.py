from odoo import api, fields, models

from .ecom_settlement import STATED

FAMILIES = [
    ("sale", "Sale"),
    ("shipping", "Shipping Charged"),
    ("tax", "Tax"),
    ("promotion", "Promotion"),
    ("refund", "Refund"),
    ("commission", "Commission"),
    ("payment_fee", "Payment Fee"),
    ("fulfilment", "Fulfilment Fee"),
    ("storage", "Storage"),
    ("advertising", "Advertising"),
    ("subscription", "Subscription and Listing"),
    ("label", "Shipping Label"),
    ("inbound", "Inbound Freight"),
    ("other_fee", "Other Fee"),
    ("remitted_tax", "Tax Paid by the Marketplace"),
    ("reserve", "Reserve"),
    ("carried", "Carried Balance"),
    ("charged", "Charged to You"),
    ("dispute", "Dispute"),
    ("loan", "Loan"),
    ("withholding", "Withheld Tax"),
    ("conversion", "Currency Conversion"),
    ("transfer", "Transfer"),
    ("reimbursement", "Reimbursement"),
    ("adjustment", "Adjustment"),
    ("rounding", "Rounding"),
    ("unknown", "Unknown"),
    ("payout", "Payout"),
    ("memo", "No Money Moved"),
]


class EcomSettlementLine(models.Model):
    """One line of a payout report. Lines that look alike are all real: only their number tells them apart."""

    _name = "ecom.settlement.line"
    _description = "Settlement Line"
    _inherit = ["ecom.report.words"]
    _order = "settlement_id, number"
    _rec_name = "number"

    settlement_id = fields.Many2one("ecom.settlement", required=True, ondelete="cascade", index=True)
    channel_id = fields.Many2one(related="settlement_id.channel_id")
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    number = fields.Integer(string="Line", required=True)
    external_id = fields.Char(string="Row", help="The row of the report, or the channel's id of this line.")
    posted_at = fields.Datetime(string="Posted On")
    kind = fields.Char(required=True, help="What the report calls it.")
    detail = fields.Char(help="What the report adds to it.")
    family = fields.Selection(FAMILIES, string="What It Is", default="unknown", required=True)
    order_reference = fields.Char(index="btree_not_null", help="The order as the report names it.")
    order_number = fields.Char(index="btree_not_null")
    payment_reference = fields.Char(string="Transaction", index="btree_not_null")
    refund_reference = fields.Char()
    shipment_reference = fields.Char()
    line_reference = fields.Char(string="Order Line")
    sku = fields.Char(string="SKU")
    quantity = fields.Float(digits="Product Unit")
    description = fields.Char()
    market = fields.Char(string="Marketplace", help="Of several, the one that it is of.")
    amount = fields.Float(digits=STATED, help="Positive: for you. Negative: taken from you.")
    fee = fields.Float(digits=STATED, help="What was kept of the amount. Positive: it costs you.")
    net = fields.Float(
        digits=STATED, compute="_compute_net", store=True, readonly=False, precompute=True, help="Amount less fee."
    )
    tax = fields.Float(string="Tax in Fee", digits=STATED)

    _number_uniq = models.UniqueIndex("(settlement_id, number)", "Each line of a settlement has a number of its own.")

    @api.depends("number", "settlement_id")
    def _compute_display_name(self):
        for line in self:
            payout = line.settlement_id.display_name
            line.display_name = self.env._("%(payout)s, line %(number)s", payout=payout, number=line.number)

    @api.depends("amount", "fee")
    def _compute_net(self):
        for line in self:
            line.net = line.amount - line.fee
