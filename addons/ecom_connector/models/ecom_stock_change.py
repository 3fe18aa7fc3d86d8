from odoo import fields, models


class EcomStockChange(models.Model):
    """Append-only: the availability of this product moved. No unique key, on purpose: under REPEATABLE READ a "dirty"
    row shared by two transactions makes stock moves fail to serialise."""

    _name = "ecom.stock.change"
    _description = "Stock Change"
    _log_access = False

    product_id = fields.Integer(required=True)
    changed_at = fields.Datetime(required=True)
