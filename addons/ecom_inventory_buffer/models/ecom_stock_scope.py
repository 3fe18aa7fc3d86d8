from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EcomStockScope(models.Model):
    """Which stock a channel may sell, where that is more or less than the stock location of its warehouse."""

    _name = "ecom.stock.scope"
    _description = "Stock Counted for a Channel"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_ids = fields.Many2many(
        "stock.warehouse",
        check_company=True,
        string="Other Warehouses",
        help="Their stock counts beside that of the channel's own warehouse. Not for a channel with several locations: "
        "each of them shows the stock of its own warehouse.",
    )
    location_ids = fields.Many2many(
        "stock.location",
        "ecom_stock_scope_counted_rel",
        "scope_id",
        "location_id",
        check_company=True,
        string="Other Locations",
        domain="[('usage', 'in', ('internal', 'view'))]",
        help="With all below them; for instance a shelf of another warehouse.",
    )
    excluded_location_ids = fields.Many2many(
        "stock.location",
        "ecom_stock_scope_excluded_rel",
        "scope_id",
        "location_id",
        check_company=True,
        string="Without the Locations",
        domain="[('usage', 'in', ('internal', 'view'))]",
        help="With all below them; for instance the showroom.",
    )
    owner_ids = fields.Many2many(
        "res.partner", string="Goods Also Owned By", help="Consignors whose goods this channel may sell."
    )
    lot_rule = fields.Selection(
        [("any", "Every lot"), ("only", "Only these lots"), ("without", "Every lot but these")],
        string="Lots",
        default="any",
        required=True,
    )
    lot_ids = fields.Many2many("stock.lot", check_company=True, string="Lots Named")
    ship_lead_days = fields.Integer(
        string="Days Until It Is Shipped",
        help="Goods that reach their removal date within so many days are not sold any more.",
    )
    channel_ids = fields.One2many("ecom.channel", "stock_scope_id", string="Channels")

    _ship_lead_positive = models.Constraint(
        "CHECK(ship_lead_days BETWEEN 0 AND 3650)", "The days until goods are shipped must be between 0 and 3650."
    )

    @api.constrains("lot_rule", "lot_ids")
    def _check_lots(self):
        for scope in self:
            if scope.lot_rule == "only" and not scope.lot_ids:
                raise ValidationError(self.env._("%(scope)s: name the lots that may be sold.", scope=scope.name))

    @api.constrains("location_ids", "excluded_location_ids")
    def _check_locations(self):
        for scope in self:
            both = scope.location_ids & scope.excluded_location_ids
            if both:
                raise ValidationError(
                    self.env._(
                        "%(scope)s: %(location)s cannot be counted and left out at the same time.",
                        scope=scope.name,
                        location=both[0].complete_name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        self._count_again()
        return result

    def unlink(self):
        self._count_again()
        return super().unlink()

    def _count_again(self):
        channels = self.env["ecom.channel"].sudo().search([("stock_scope_id", "in", self.ids)])
        self.env["ecom.stock.change"]._mark("channel", channels._ids)
