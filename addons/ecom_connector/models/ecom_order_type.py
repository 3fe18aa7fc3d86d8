from odoo import fields, models


class EcomOrderType(models.Model):
    """A kind of order that checks treat in a way of its own. Which an order is of: `rules/checks/order_types.py`."""

    _name = "ecom.order.type"
    _description = "Kind of Order"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()

    _code_uniq = models.UniqueIndex("(code)")
