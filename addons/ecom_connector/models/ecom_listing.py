from odoo import fields, models


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

    _external_uniq = models.UniqueIndex("(channel_id, external_id)")
    _units_positive = models.Constraint("CHECK(units > 0)", "A listing holds at least one unit of its product.")
