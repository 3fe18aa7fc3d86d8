from odoo import api, fields, models


class EcomSettlement(models.Model):
    """One payout report of a channel or a payment provider, as it stood."""

    _name = "ecom.settlement"
    _description = "Settlement"
    _order = "deposit_date desc, id desc"
    _rec_name = "external_id"
    _check_company_auto = True

    channel_id = fields.Many2one(
        "ecom.channel", string="Account", required=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    external_id = fields.Char(string="Number", required=True, help="The number the channel gave to this payout.")
    revision = fields.Integer(default=1, readonly=True, help="A report issued again under the same number counts up.")
    date_from = fields.Datetime(string="Period Begins")
    date_to = fields.Datetime(string="Period Ends")
    deposit_date = fields.Date()
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.company.currency_id)
    amount = fields.Monetary(string="Payout", help="What the report says was paid out. Negative: you owe the channel.")
    line_ids = fields.One2many("ecom.settlement.line", "settlement_id", string="Lines")
    lines_amount = fields.Monetary(string="Sum of Lines", compute="_compute_lines_amount", store=True)
    difference = fields.Monetary(compute="_compute_lines_amount", store=True, help="Payout less the sum of its lines.")

    _external_uniq = models.UniqueIndex(
        "(channel_id, external_id, revision)", "This payout of this account is here already."
    )

    @api.depends("amount", "line_ids.amount")
    def _compute_lines_amount(self):
        for settlement in self:
            settlement.lines_amount = sum(settlement.line_ids.mapped("amount"))
            settlement.difference = settlement.currency_id.round(settlement.amount - settlement.lines_amount)
