from odoo import fields, models


class EcomSettlementLine(models.Model):
    """One line of a payout report. Lines that look alike are all real: only their number tells them apart."""

    _name = "ecom.settlement.line"
    _description = "Settlement Line"
    _order = "settlement_id, number"
    _rec_name = "number"

    settlement_id = fields.Many2one("ecom.settlement", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    number = fields.Integer(string="Line", required=True)
    posted_at = fields.Datetime(string="Posted On")
    kind = fields.Char(required=True, help="What the report calls it.")
    order_reference = fields.Char(help="The order as the report names it.")
    description = fields.Char()
    amount = fields.Monetary(required=True, help="Positive: for you. Negative: taken from you.")

    _number_uniq = models.UniqueIndex("(settlement_id, number)", "Each line of a settlement has a number of its own.")
