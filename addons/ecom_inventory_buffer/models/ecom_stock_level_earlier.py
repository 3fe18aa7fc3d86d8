from odoo import fields, models


class EcomStockLevel(models.Model):
    """What the quantity before the last write may still have sold (rules/risk/unseen.py)."""

    _inherit = "ecom.stock.level"

    earlier_units = fields.Integer(readonly=True, help="Shown before the last write, which was written over it.")
    earlier_until = fields.Datetime(readonly=True, help="When all that was sold of it is imported.")
