from odoo import api, fields, models


class EcomDemand(models.Model):
    """What one channel usually sells of one product from one warehouse; without a channel: everybody else, the till
    and the sales team. Learnt from orders (flow/learn.py), never entered."""

    _name = "ecom.demand"
    _description = "Measured Demand"
    _order = "rate desc, id"
    _rec_name = "product_id"
    _log_access = False

    product_id = fields.Many2one("product.product", required=True, ondelete="cascade", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    channel_id = fields.Many2one("ecom.channel", ondelete="cascade", index="btree_not_null", readonly=True)
    rate = fields.Float(digits=(16, 6), readonly=True, help="Units an hour, around the clock.")
    daily = fields.Float(string="A Day", digits=(16, 1), compute="_compute_daily")
    share = fields.Float(
        digits=(16, 6), readonly=True, help="Its part of all that is sold of the product there, 0 to 1."
    )
    sold = fields.Float(digits="Product Unit", readonly=True, help="Units sold in the four weeks it was learnt from.")

    _pool_idx = models.Index("(product_id, warehouse_id)")

    @api.depends("rate")
    def _compute_daily(self):
        for demand in self:
            demand.daily = 24 * demand.rate
