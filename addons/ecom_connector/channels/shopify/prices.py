"""Prices of Shopify: what an item costs now, and what it is compared with where it is on offer."""

from collections.abc import Sequence
from typing import Any

from ..records import ItemResult, Price
from . import ids, variants
from .site_prices import fetch_site_prices, push_site_prices  # noqa: F401 the rest of this noun


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """At most 20, in the shop's own currency. The same prices twice are the same as once."""
    owners = variants.products_of(client, [price.variant_id for price in prices])
    rows = {price.variant_id: build_price(price) for price in prices}
    told = variants.change(client, rows, owners, what="Publishing prices")
    return [
        ItemResult(
            variant_id=price.variant_id, problem=told[price.variant_id].problem, price=told[price.variant_id].price
        )
        for price in prices
    ]


def build_price(price: Price) -> dict[str, Any]:
    """The price is what the buyer pays; the price before stands beside it, struck out."""
    now = price.amount if price.offer is None else price.offer
    before = None if price.offer is None else f"{price.amount:f}"
    return {"id": ids.gid("ProductVariant", price.variant_id), "price": f"{now:f}", "compareAtPrice": before}
