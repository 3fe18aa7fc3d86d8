from odoo import fields, models


class EcomSettlement(models.Model):
    """What is sold and in no payout yet, as the reports say it: one a currency, for the end of a month."""

    _inherit = "ecom.settlement"

    is_waiting = fields.Boolean(
        string="In No Payout Yet",
        readonly=True,
        help="Its lines wait until a payout comes that has them; they are never posted from here.",
    )

    _waiting_uniq = models.UniqueIndex("(channel_id, currency_id) WHERE is_waiting")


class EcomSettlementLine(models.Model):
    _inherit = "ecom.settlement.line"

    accrued_on = fields.Date(
        readonly=True,
        help="It is in the books of that month as sold and not yet released. Its payout is booked after that day.",
    )
