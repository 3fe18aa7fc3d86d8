"""Prices of Magento 1: a regular one, and a special one while there is an offer.

They are kept with or without tax as the shop's settings say. No call reads many prices, so none is read back.
"""

from collections.abc import Sequence

from ..records import ItemResult, Price
from .product_changes import update


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once. An empty special price ends an offer."""
    return [_push(client, price) for price in prices]


def _push(client, price: Price) -> ItemResult:
    offer = "" if price.offer is None else format(price.offer, "f")
    values = {"price": format(price.amount, "f"), "special_price": offer}
    return ItemResult(variant_id=price.variant_id, problem=update(client, price.variant_id, price.stock_id, values))
