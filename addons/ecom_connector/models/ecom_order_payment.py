from odoo import fields, models


class EcomOrderPayment(models.Model):
    """One payment transaction of an order, as the channel states it."""

    _name = "ecom.order.payment"
    _description = "Order Payment"
    _order = "paid_at, id"
    _rec_name = "external_id"

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    provider_id = fields.Many2one("ecom.channel", string="Provider Account")
    external_id = fields.Char(string="Transaction", required=True)
    kind = fields.Selection(
        [("authorization", "Authorised"), ("capture", "Captured"), ("refund", "Refunded"), ("void", "Voided")],
        required=True,
    )
    state = fields.Selection([("pending", "Pending"), ("done", "Done"), ("failed", "Failed")], required=True)
    tender = fields.Selection(
        [("money", "Money"), ("gift_card", "Gift Card"), ("store_credit", "Store Credit")],
        string="Paid With",
        default="money",
        required=True,
        help="Gift cards and store credit are taken from what is owed to buyers; no payout will bring them.",
    )
    method = fields.Char()
    method_name = fields.Char(string="Payment Method")
    amount = fields.Monetary()
    currency_id = fields.Many2one("res.currency", required=True)
    paid_at = fields.Datetime()
    payment_id = fields.Many2one("account.payment", readonly=True, index="btree_not_null")

    _external_uniq = models.UniqueIndex("(channel_id, external_id)")
