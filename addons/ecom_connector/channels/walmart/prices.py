"""Prices of Walmart: one call an item, a hundred a day of the same one (guide).

An offer of ours is the price itself, with the regular one to compare it with.
"""

from collections.abc import Sequence
from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import ItemResult, Price
from . import answers

_CURRENCY = "USD"


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once."""
    return [_pushed(client, price) for price in prices]


def _pushed(client, price: Price) -> ItemResult:
    try:
        answer = client.put("/v3/price", build_price(price), what=f"Updating the price of {price.variant_id}")
    except Rejected as error:
        return ItemResult(variant_id=price.variant_id, problem=str(error))
    problem = answers.first_problem(rows.load(answer.body).get("errors"))[1]
    return ItemResult(variant_id=price.variant_id, problem=problem, price=None if problem else price.amount)


def build_price(price: Price) -> dict[str, Any]:
    now = price.amount if price.offer is None else price.offer
    pricing: dict[str, Any] = {
        "currentPriceType": "BASE" if price.offer is None else "REDUCED",
        "currentPrice": {"currency": _CURRENCY, "amount": now},
    }
    if price.offer is not None:
        pricing |= {
            "comparisonPriceType": "BASE",
            "comparisonPrice": {"currency": _CURRENCY, "amount": price.amount},
        }
    return {"sku": price.variant_id, "pricing": [pricing]}
