from odoo import fields, models


class EcomOrderReference(models.Model):
    """Every name an order goes by; settlements and returns cite any of them."""

    _name = "ecom.order.reference"
    _description = "Order Reference"
    _rec_name = "value"

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    kind = fields.Char(required=True)
    value = fields.Char(required=True)

    _value_idx = models.Index("(channel_id, kind, value)")
    _once_uniq = models.UniqueIndex("(order_id, kind, value)")
