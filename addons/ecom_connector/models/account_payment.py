from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    ecom_order_payment_id = fields.Many2one(
        "ecom.order.payment", string="Payment on the Channel", readonly=True, copy=False, ondelete="restrict"
    )

    # A capture is booked once, whoever books it.
    _ecom_order_payment_uniq = models.UniqueIndex(
        "(ecom_order_payment_id) WHERE ecom_order_payment_id IS NOT NULL AND state NOT IN ('canceled', 'rejected')"
    )
