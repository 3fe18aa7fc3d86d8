"""How a product of ours is put on a channel: made there once, not on sale before somebody says so there."""

from base64 import b64decode
from collections import Counter
from decimal import Decimal

from odoo import fields, models

from ..channels.errors import Rejected
from ..channels.records import ItemChange, ItemParent
from .send import Answer, Call


class EcomFlowSend(models.AbstractModel):
    _inherit = "ecom.flow.send"

    def _list_products(self, channel, products):
        """Note that these products are to be made on the channel; those it lists already are left out. Returns the
        products that are left out."""
        listed = self.env["ecom.listing"].with_context(active_test=False)
        listed = listed.search([("channel_id", "=", channel.id), ("product_id", "in", products.ids)]).product_id
        self._ask_for(channel, products - listed)
        self.env["ecom.flow.run"]._wake()
        return listed

    def _ask_for(self, channel, products):
        """One message a product; one that came to nothing is tried once more, one that is under way goes on."""
        messages = self.env["ecom.message"].sudo()
        earlier = messages.search([("channel_id", "=", channel.id), ("product_id", "in", products.ids)])
        again = earlier.filtered(lambda message: message.state in ("failed", "ignored"))
        again._move("waiting", next_try=fields.Datetime.now())
        made = Counter(message.product_id.id for message in earlier)
        under_way = earlier.filtered(lambda message: message.state == "waiting").product_id
        messages.create(
            [
                {
                    "channel_id": channel.id,
                    "direction": "out",
                    "topic": "products",
                    "event_key": f"product:{product.id}:{made[product.id]}",
                    "product_id": product.id,
                }
                for product in products - under_way
            ]
        )

    # ---------------------------------------------------------------- prepare
    def _prepare_products(self, channel, message):
        """Returns the Call that makes the product. Its SKU is what makes it once, so there must be one."""
        noun, product = channel._adapter().noun("products"), message.product_id
        if not hasattr(noun, "make_product"):
            return Call(answer=Answer(ignored=self.env._("This platform takes no products from here.")))
        if not product.default_code:
            said = self.env._("%(product)s has no SKU (internal reference). Give it one.", product=product.name)
            return Call(answer=Answer(error=Rejected(said)))
        return Call(
            client=channel._connect(),
            send=lambda client, item: noun.make_product(client, item).variant_id,
            record=self._prepare_item(channel, product),
            attempts=message.attempts,
        )

    def _prepare_item(self, channel, product):
        """records.ItemChange of a new product. Override to tell more."""
        pricelist = channel.pricelist_id
        price = pricelist._get_product_price(product, 1.0) if pricelist else product.lst_price
        currency = pricelist.currency_id or channel.company_id.currency_id
        return ItemChange(
            name=product.display_name.removeprefix(f"[{product.default_code}] "),
            sku=product.default_code,
            barcode=product.barcode or None,
            description=product.description_sale or None,
            price=Decimal(f"{currency.round(price):.{currency.decimal_places}f}"),
            image=b64decode(product.image_1920) if product.image_1920 else None,
            **self._prepare_variant(channel, product),
        )

    def _prepare_variant(self, channel, product):
        """Of one of several variants: the product it is one of, and what tells it from the others."""
        template, values = product.product_tmpl_id, product.product_template_attribute_value_ids
        if len(template.product_variant_ids) < 2 or not values:
            return {}
        siblings = self.env["ecom.listing"].search(
            [
                ("channel_id", "=", channel.id),
                ("product_id", "in", template.product_variant_ids.ids),
                ("external_product_id", "!=", False),
            ]
        )
        # What is an item of its own there stands in no common product.
        apart = siblings.filtered(lambda listing: listing.external_product_id == listing.external_id)
        parents = set((siblings - apart).mapped("external_product_id"))
        lines = template.valid_product_template_attribute_line_ids._without_no_variant_attributes()
        return {
            "options": tuple((value.attribute_id.name, value.name) for value in values),
            "parent": ItemParent(
                key=f"ODOO-{template.id}",
                product_id=min(parents, default=""),
                name=template.name,
                description=template.description_sale or None,
                options=tuple((line.attribute_id.name, tuple(line.value_ids.mapped("name"))) for line in lines),
            ),
        }

    # ----------------------------------------------------------------- settle
    def _settle_products(self, channel, message, answer):
        """The listing that came of it. What was there under that SKU already is matched to the product."""
        listings = self.env["ecom.listing"].with_context(active_test=False)
        known = listings.search([("channel_id", "=", channel.id), ("external_id", "=", answer.external_id)])
        if known:
            known._match(message.product_id)
        else:
            listings.create(self._prepare_listing(channel, message.product_id, answer.external_id))
        # What else the channel says of it, how its stock is told above all, stands in its catalogue.
        self.env["ecom.flow.catalogue"]._read_soon(channel)

    @staticmethod
    def _prepare_listing(channel, product, external_id):
        return {
            "channel_id": channel.id,
            "external_id": external_id,
            "name": product.name,
            "sku": product.default_code,
            "product_id": product.id,
            # How the stock of a variant is told stands in the catalogue only: nothing is told before that was read.
            "stock_tracked": len(product.product_tmpl_id.product_variant_ids) < 2,
        }
