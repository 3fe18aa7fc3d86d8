from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError

# What decides whether there are stock levels, and of which product.
PLACES = frozenset(("product_id", "state", "active", "publish_stock", "stock_tracked", "channel_id"))


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
    stock_tracked = fields.Boolean(
        string="Stock Kept There", default=True, help="Whether the channel keeps stock of it; it says so itself."
    )
    price = fields.Float(string="Price on the Channel", digits="Product Price")
    currency_id = fields.Many2one("res.currency", string="Currency on the Channel")
    last_seen = fields.Datetime(readonly=True)
    # What lies in warehouses of the channel's own
    kept_quantity = fields.Float(string="In the Channel's Warehouses", digits="Product Unit", readonly=True)
    kept_coming = fields.Float(string="On the Way There", digits="Product Unit", readonly=True)
    kept_at = fields.Datetime(string="Counted There", readonly=True)
    kept_gap = fields.Float(
        string="Difference Seen Last",
        digits="Product Unit",
        readonly=True,
        help="Units that the warehouse here differed by when it was compared last. Stock follows a difference that is "
        "seen twice: what left there and is not booked here yet is none.",
    )
    level_ids = fields.One2many("ecom.stock.level", "listing_id")
    site_price_ids = fields.One2many("ecom.listing.price", "listing_id", string="Prices of Sites")
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
        if not self.stock_tracked:
            return self.env._("Nothing is published: the channel keeps no stock of it. Switch that on there.")
        if not self.level_ids:
            return self.env._(
                "Nothing is published: the stock of this product is not tracked, it is supplied to order, or no "
                "location of the channel shows its warehouse."
            )
        return "\n".join(level.explanation for level in self.level_ids)

    # ------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        listings = super().create([self._with_state(vals) for vals in vals_list])
        self.env["ecom.stock.level"]._fit_to_listings(listings)
        return listings

    def write(self, vals):
        vals = self._with_state(vals)
        result = super().write(vals)
        if not PLACES.isdisjoint(vals) and not self.env.context.get("ecom_fit_later"):
            self.env["ecom.stock.level"]._fit_to_listings(self)
        elif "units" in vals:
            self.env["ecom.stock.change"]._mark("listing", self._ids)
        if "external_id" in vals:
            self.env["ecom.stock.level"]._forget_listings(self)
        return result

    def _with_state(self, vals):
        """Choosing a product matches the listing, taking it away sends it back to the review list."""
        if "product_id" not in vals or "state" in vals:
            return vals
        state = "matched" if vals["product_id"] else "unmatched"
        return {"candidate_ids": [fields.Command.clear()], **vals, "state": state}

    # ---------------------------------------------------------------- actions
    def action_match_again(self):
        """Look for the products of these listings once more; those that are matched stay as they are."""
        self.check_access("write")
        self._match_again()

    def action_ignore(self):
        """These items are not ours to supply: nothing is published for them."""
        self.check_access("write")
        self.write({"state": "ignored", "product_id": False, "candidate_ids": [fields.Command.clear()]})

    def action_create_products(self):
        """Make a product for each of these listings that has none, with the SKU, barcode and price of the channel."""
        if not self.env.user.has_group("ecom_connector.ecom_connector_group_channel_manager"):
            raise AccessError(self.env._("Only channel managers may create products from listings."))
        self.check_access("write")
        listings = self.filtered(lambda listing: listing.state == "unmatched")
        # Channel managers need no rights on products otherwise; what is made here is known by its listing.
        values = [listing._prepare_product_values() for listing in listings]
        for listing, product in zip(listings, self.env["product.product"].sudo().create(values), strict=True):
            listing._match(product)

    def _prepare_product_values(self):
        """Values of a new product for this listing. A hook."""
        self.ensure_one()
        values = {"name": self.name, "default_code": self.sku, "is_storable": True}
        if self.barcode:
            values["barcode"] = self.barcode
        if self.price and self.currency_id == self.company_id.currency_id:
            values["list_price"] = self.price
        return values

    # --------------------------------------------------------------- matching
    def _match(self, product):
        self.write({"product_id": product.id, "state": "matched", "candidate_ids": [fields.Command.clear()]})

    def _match_again(self):
        """By SKU, else by barcode. Several products are for a person to choose from."""
        todo = self.filtered(lambda listing: listing.state != "matched").with_context(ecom_fit_later=True)
        for company, listings in todo.grouped("company_id").items():
            codes = self._products_by_code(company, listings.mapped("sku"), listings.mapped("barcode"))
            for listing in listings:
                candidates = listing._candidates(listing.sku, listing.barcode, codes)
                if len(candidates) == 1:
                    listing._match(candidates)
                else:
                    listing._set_aside(candidates)
        self.env["ecom.stock.level"]._fit_to_listings(todo)

    def _set_aside(self, candidates):
        state = "ambiguous" if candidates else "unmatched"
        if (self.state, self.candidate_ids) != (state, candidates):
            self.write({"state": state, "candidate_ids": [fields.Command.set(candidates.ids)]})

    @api.model
    def _candidates(self, sku, barcode, codes):
        """`codes`: as `_products_by_code` returns them."""
        return codes.get(("sku", sku)) or codes.get(("barcode", barcode)) or self.env["product.product"]

    @api.model
    def _products_by_code(self, company, skus, barcodes):
        """{("sku", SKU): products, ("barcode", barcode): products} that this company may sell, whoever asks.

        A SKU is typed by people: where none is written exactly so, capitals and blanks around it make no difference.
        """
        products = self.env["product.product"].sudo()
        skus, barcodes = {sku for sku in skus if sku}, {barcode for barcode in barcodes if barcode}
        found = defaultdict(products.browse)
        for product in self._sold_by(company, [("default_code", "in", list(skus))]):
            found["sku", product.default_code] |= product
        loose = [sku for sku in skus if ("sku", sku) not in found]
        similar = self._sold_by(company, [("id", "in", self._loosely_named(loose))])
        for sku, product in ((sku, product) for sku in loose for product in similar):
            if sku.strip().upper() == product.default_code.strip().upper():
                found["sku", sku] |= product
        for product in self._sold_by(company, [("barcode", "in", list(barcodes))]):
            found["barcode", product.barcode] |= product
        return {key: matches.sudo(False) for key, matches in found.items()}

    def _sold_by(self, company, domain):
        if not domain[0][2]:
            return ()
        return self.env["product.product"].sudo().search([("company_id", "in", (False, company.id)), *domain])

    def _loosely_named(self, codes):
        """SQL: the ORM compares one value without regard to capitals, not many."""
        wanted = [code.strip().upper() for code in codes if code.strip()]
        if not wanted:
            return []
        self.env["product.product"].flush_model(["default_code"])
        self.env.cr.execute("SELECT id FROM product_product WHERE upper(btrim(default_code)) = ANY(%s)", (wanted,))
        return [row[0] for row in self.env.cr.fetchall()]
