from odoo import fields, models
from odoo.exceptions import UserError

from ..flow.hold import CONTENT


class EcomListing(models.Model):
    """Orders that were placed with a placeholder take the product as soon as their listing has one."""

    _inherit = "ecom.listing"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("product_id"):
            placing = self.filtered(lambda listing: listing.channel_id.unknown_products == "placeholder")
            if placing:
                placing.sudo()._fill_placeholders()
        return result

    def _fill_placeholders(self):
        """Quotations only: what is confirmed is for people to change. Amounts stay as the channel stated them."""
        placeholder = self.env.ref("ecom_connector.product_placeholder", raise_if_not_found=False)
        lines = placeholder and self.env["sale.order.line"].search(
            [
                ("ecom_listing_id", "in", self.ids),
                ("product_id", "=", placeholder.id),
                ("order_id.state", "in", ("draft", "sent")),
            ]
        )
        for line in lines or ():
            line.write(self._prepare_filled(line))
        for order in lines and lines.order_id or ():
            if placeholder not in order.order_line.product_id:
                # Nothing else keeps such a quotation from being confirmed.
                key = f"check:{order.ecom_external_id}:{CONTENT}"
                self.env["ecom.exception"]._solve(order.ecom_channel_id, [key], self.env._("It is known now."))
                self._go_on(order)

    def _go_on(self, order):
        """Confirm it, unless something else holds it. What Odoo has against that keeps nobody from matching."""
        try:
            with self.env.cr.savepoint():
                self.env["ecom.flow.release"]._go_on(order)
        except UserError as error:
            order._ecom_note(self.env._("All its items are known now, but it cannot be confirmed: %s", error))

    def _prepare_filled(self, line):
        """Everything that Odoo would compute anew from the product is stated as it was; units are the listing's."""
        listing, data = line.ecom_listing_id, line.extra_tax_data
        quantity, price = line.product_uom_qty * listing.units, line.price_unit / (listing.units or 1.0)
        return {
            "product_id": listing.product_id.id,
            "product_uom_id": listing.product_id.uom_id.id,
            "name": line.name,
            "product_uom_qty": quantity,
            "price_unit": price,
            "discount": line.discount,
            "tax_ids": [fields.Command.set(line.tax_ids.ids)],
            "extra_tax_data": {**data, "quantity": quantity, "price_unit": price} if data else data,
        }
