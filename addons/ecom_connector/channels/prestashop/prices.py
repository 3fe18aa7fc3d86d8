"""Prices of PrestaShop, without tax: a product has one, a combination what it costs more or less."""

from collections.abc import Sequence

from ..errors import Rejected
from ..records import ItemResult, Price
from .product_changes import set_price

_NO_OFFERS = "PrestaShop keeps offers as price rules: make this one there. The regular price was written."


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once."""
    return [_push(client, price) for price in prices]


def _push(client, price: Price) -> ItemResult:
    try:
        shown = set_price(client, price.variant_id, price.amount)
    except Rejected as error:
        return ItemResult(variant_id=price.variant_id, problem=str(error))
    problem = _NO_OFFERS if price.offer is not None else ""
    if shown != price.amount:
        problem = f"The shop shows {shown} after we wrote {price.amount}."
    return ItemResult(variant_id=price.variant_id, problem=problem, price=shown)
