from odoo import api, fields, models

# What decides whether there are stock levels, and of which product.
PLACES = frozenset(("product_id", "state", "active", "publish_stock", "channel_id"))


class EcomListing(models.Model):
    """One sellable item of a channel and the product behind it."""

    _name = "ecom.listing"
    _description = "Channel Listing"
    _order = "channel_id, name, id"
    _check_company_auto = True

    channel_id = fields.Many2one("ecom.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    external_id = fields.Char(string="ID on the Channel", required=True)
    external_product_id = fields.Char(string="Product ID on the Channel")
    external_stock_id = fields.Char(string="Stock ID on the Channel")
    name = fields.Char(required=True)
    sku = fields.Char(string="SKU", index=True)
    barcode = fields.Char()
    product_id = fields.Many2one("product.product", check_company=True, index=True, ondelete="restrict")
    units = fields.Float(
        string="Units per Listing", default=1.0, digits="Product Unit", help="A pack of six is one listing of 6 units."
    )
    state = fields.Selection(
        [
            ("matched", "Matched"),
            ("unmatched", "No Product Found"),
            ("ambiguous", "Several Products Found"),
            ("ignored", "Not Ours"),
        ],
        default="unmatched",
        required=True,
        index=True,
    )
    candidate_ids = fields.Many2many("product.product", string="Possible Products")
    active = fields.Boolean(default=True)
    publish_stock = fields.Boolean(default=True)
    price = fields.Float(string="Price on the Channel", digits="Product Price")
    last_seen = fields.Datetime(readonly=True)
    level_ids = fields.One2many("ecom.stock.level", "listing_id")
    stock_text = fields.Char(string="Stock Published", compute="_compute_stock_text")

    _external_uniq = models.UniqueIndex("(channel_id, external_id)")
    _units_positive = models.Constraint("CHECK(units > 0)", "A listing holds at least one unit of its product.")

    @api.depends("level_ids.explanation", "state", "publish_stock", "product_id")
    @api.depends_context("lang", "tz")
    def _compute_stock_text(self):
        for listing in self:
            listing.stock_text = listing._explain_stock()

    def _explain_stock(self):
        """What the channel is told of this listing's stock, and why, in a sentence or two."""
        if self.state != "matched":
            return self.env._("Nothing is published: no product stands behind it.")
        if not self.publish_stock:
            return self.env._("Nothing is published: switched off on this listing.")
        if not self.level_ids:
            return self.env._(
                "Nothing is published: the stock of this product is not tracked, it is supplied to order, or no "
                "location of the channel shows its warehouse."
            )
        return "\n".join(level.explanation for level in self.level_ids)

    # ---------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        listings = super().create(vals_list)
        self.env["ecom.stock.level"]._fit_to_listings(listings)
        return listings

    def write(self, vals):
        result = super().write(vals)
        if not PLACES.isdisjoint(vals):
            self.env["ecom.stock.level"]._fit_to_listings(self)
        elif "units" in vals:
            self.env["ecom.stock.change"]._mark("listing", self._ids)
        return result
