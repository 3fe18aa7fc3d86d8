from odoo import api, fields, models
from odoo.exceptions import ValidationError

OWNED = {"own_prices": "price", "own_names": "name", "own_barcodes": "barcode"}


class EcomChannel(models.Model):
    """Who owns which field of a listing: what is ours to say is told to the channel, the rest is read from it."""

    _inherit = "ecom.channel"

    own_prices = fields.Boolean(
        string="Prices Come From Here",
        tracking=True,
        help="The prices of the pricelist go to the channel, and offers entered there are ended. The pricelist must "
        "be in the currency of the channel, and with or without tax as the channel keeps its prices. A site with a "
        "pricelist in its own currency gets prices of its own, where the platform has such.",
    )
    own_names = fields.Boolean(string="Names Come From Here", tracking=True)
    own_barcodes = fields.Boolean(string="Barcodes Come From Here", tracking=True)

    @api.constrains("own_prices", "pricelist_id")
    def _check_own_prices(self):
        for channel in self:
            if channel.own_prices and not channel.pricelist_id:
                raise ValidationError(self.env._("Choose the pricelist that the prices of the channel come from."))

    def write(self, vals):
        result = super().write(vals)
        if {"pricelist_id", *OWNED} & vals.keys():
            self._look_at_offers()
        return result

    def _owned_fields(self):
        """Names of the fields of a listing that are ours to say, as far as the platform takes them."""
        self.ensure_one()
        takes = {
            "price": self._adapter().can("prices"),
            "name": hasattr(self._adapter().noun("products"), "change_products"),
        }
        takes["barcode"] = takes["name"]
        return [name for field, name in OWNED.items() if self[field] and takes[name]]

    def _quoted_sites(self):
        """Sites whose own prices are ours to say: with a pricelist of their own, in their own currency."""
        self.ensure_one()
        if not self.own_prices or not hasattr(self._adapter().noun("prices"), "push_site_prices"):
            return self.site_ids.browse()
        own = self.site_ids.filtered(
            lambda site: site.currency_id and site.pricelist_id.currency_id == site.currency_id
        )
        return own.sorted("id")

    def _look_at_offers(self):
        """Compare all listings now instead of at the next turn."""
        cursors = self.sudo().cursor_ids.filtered(lambda cursor: cursor.topic in ("offers", "site_prices"))
        cursors.write({"position": False, "next_try": fields.Datetime.now()})
        self.env["ecom.flow.run"]._wake()
