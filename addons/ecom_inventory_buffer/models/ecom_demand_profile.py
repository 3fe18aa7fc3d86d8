from odoo import fields, models

from ..rules.demand.baskets import learn_sizes


class EcomDemandProfile(models.Model):
    """What all products of a warehouse have in common: the course of the day, how uneven sales are, how much busier
    their surges were, how many units an order takes, and what a new product may sell."""

    _name = "ecom.demand.profile"
    _description = "Demand Profile"
    _rec_name = "warehouse_id"

    warehouse_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    day = fields.Json(readonly=True, help="24 factors around 1, by the hour of the company's time zone.")
    unevenness = fields.Float(
        digits=(16, 6), readonly=True, help="Small: sales come and go much more than chance says."
    )
    surge = fields.Float(digits=(16, 6), readonly=True, help="How many times busier than usual surges were.")
    new_rate = fields.Float(digits=(16, 6), readonly=True, help="Units an hour of a product that never sold.")
    shares = fields.Json(readonly=True, help="Part of all sales by channel id; 0 is everybody without a channel.")
    sizes = fields.Json(readonly=True, help="Chances of order sizes: [[units, chance], ...].")
    orders = fields.Integer(readonly=True, help="Order lines that it was learnt from.")
    learnt_at = fields.Datetime(readonly=True)

    _warehouse_uniq = models.UniqueIndex("(warehouse_id)")

    def _sizes(self):
        return tuple((int(size), chance) for size, chance in self.sizes) if self.sizes else learn_sizes()

    def _busiest(self):
        return max(self.day) if self.day else 2.0
