from odoo import fields, models


class EcomListingPrice(models.Model):
    """The price that a site of the channel has of its own for a listing, as the channel said last."""

    _name = "ecom.listing.price"
    _description = "Price on a Site"
    _order = "listing_id, site_id"

    listing_id = fields.Many2one("ecom.listing", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="listing_id.company_id", store=True, index=True)
    site_id = fields.Many2one("ecom.channel.site", required=True, ondelete="cascade", index=True)
    currency_id = fields.Many2one(related="site_id.currency_id")
    price = fields.Float(digits="Product Price", help="What a buyer of this site pays.")
    seen_at = fields.Datetime(string="Seen There", required=True, default=fields.Datetime.now)

    _listing_site_uniq = models.UniqueIndex("(listing_id, site_id)")
