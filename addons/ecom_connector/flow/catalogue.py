"""Products of the channel -> listings, matched by SKU, then barcode.

A reading goes through all pages. While it lasts, the cursor of the topic keeps the token of the next page in `position`
and the moment the reading began in `seen_until`; what was not seen since then is gone, once the last page is stored.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

from odoo import fields, models

from ..channels.errors import Unreadable
from ..channels.records import Page

_logger = logging.getLogger(__name__)

READ_EVERY = timedelta(hours=6)
# After an order told of an item nobody knew: more of the same may follow.
READ_SOON = timedelta(minutes=5)
LOST_TOKEN_FAILURES = 3
# A channel that forgets so many at once, and more than half, is more likely broken than cleared out.
MANY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything the next call needs. `began` is naive UTC, `token` names the page to read."""

    client: Any
    products: ModuleType | None
    began: datetime
    token: str = ""


class EcomFlowCatalogue(models.AbstractModel):
    _name = "ecom.flow.catalogue"
    _description = "E-commerce: catalogue"

    # --------------------------------------------------------------------- ask
    def _question(self, channel):
        cursor = self._cursor(channel)
        # A token may have expired there: after some failures the pages are read from the first one again.
        goes_on = cursor.position and cursor.seen_until and cursor.failures < LOST_TOKEN_FAILURES
        return Question(
            client=channel._connect(),
            products=channel._adapter().noun("products"),
            began=cursor.seen_until if goes_on else fields.Datetime.now(),
            token=cursor.position if goes_on else "",
        )

    def _ask(self, question):
        """The outward call. Returns a Page of Product."""
        if question.products is None:
            return Page()
        return question.products.fetch_products(question.client, question.token)

    def _read_soon(self, channel):
        """An order does not say all that is needed of its items, how their stock is told above all."""
        cursor = self._cursor(channel)
        soon = fields.Datetime.now() + READ_SOON
        if channel._adapter().can("products") and cursor.next_try and cursor.next_try > soon:
            cursor.next_try = soon

    # ------------------------------------------------------------------- store
    def _store_page(self, channel, question, page):
        """Returns (when to read the catalogue again or None, whether pages are left)."""
        if page.next and page.next == question.token and not page.wait:
            raise Unreadable(self.env._("The channel sends the same page of products again and again."))
        self = self.with_company(channel.company_id)
        self._upsert(channel, {product.variant_id: product for product in page.items if product.variant_id})
        cursor = self._cursor(channel)
        if page.next:
            cursor.write({"position": page.next, "seen_until": question.began})
            return fields.Datetime.now() + timedelta(seconds=page.wait), not page.wait
        if question.products is not None:
            self._retire(channel, question.began)
        cursor.write({"position": False, "seen_until": False, "fresh_at": question.began})
        return fields.Datetime.now() + READ_EVERY, False

    def _upsert(self, channel, products):
        """`products`: {variant id: Product}. Only what differs is written: a shop tells of each stock we set as of a
        change of the product, and nothing may follow from that."""
        listings = self.env["ecom.listing"].with_context(active_test=False)
        known = listings.search([("channel_id", "=", channel.id), ("external_id", "in", list(products))])
        values = self._prepare_values(products)
        for listing in known:
            listing.write(self._differing(listing, values.pop(listing.external_id)))
        known.write({"last_seen": fields.Datetime.now()})
        new = listings.create(
            [
                {**vals, "channel_id": channel.id, "external_id": variant, "last_seen": fields.Datetime.now()}
                for variant, vals in values.items()
            ]
        )
        unknown = known.filtered(lambda listing: listing.state in ("unmatched", "ambiguous")) | new
        unknown._match_again()

    def _prepare_values(self, products):
        names = {product.currency for product in products.values() if product.currency}
        currencies = self.env["res.currency"].with_context(active_test=False).search([("name", "in", list(names))])
        by_name = {currency.name: currency for currency in currencies}
        return {
            variant: self._prepare_listing_values(product, by_name.get(product.currency, currencies.browse()))
            for variant, product in products.items()
        }

    def _prepare_listing_values(self, product, currency):
        """Values of the listing that the channel owns. A hook."""
        return {
            "name": product.name or product.sku or product.variant_id,
            "sku": product.sku or False,
            "barcode": product.barcode or False,
            "external_product_id": product.product_id or False,
            "external_stock_id": product.stock_id or False,
            "stock_tracked": product.stock_tracked,
            "price": float(product.price or 0),
            "currency_id": currency.id,
            "active": True,
        }

    @staticmethod
    def _differing(listing, values):
        def kept(name, value):
            return listing._fields[name].convert_to_cache(value, listing)

        return {name: value for name, value in values.items() if kept(name, value) != kept(name, listing[name])}

    # ------------------------------------------------------------------ retire
    def _retire(self, channel, began):
        """Archive what a complete reading did not show: its stock is not published any more. Should it come back, it
        is taken out of the archive, matched as it was."""
        listings = self.env["ecom.listing"].search([("channel_id", "=", channel.id)])
        gone = listings.filtered(lambda listing: not listing.last_seen or listing.last_seen < began)
        key = f"catalogue:{channel.id}"
        if len(gone) > max(MANY, len(listings) // 2):
            self.env["ecom.exception"]._open(
                channel,
                category="product",
                severity="2",
                name=self.env._("%(channel)s lists only few of its products", channel=channel.name),
                detail=self.env._(
                    "%(gone)s of %(all)s products were not among those it sent last. Nothing was changed here. If they "
                    "really are gone, archive their listings.",
                    gone=len(gone),
                    all=len(listings),
                ),
                dedupe_key=key,
            )
            return
        self.env["ecom.exception"]._solve(channel, [key])
        gone.active = False

    def _cursor(self, channel):
        return channel._cursors("products")
