"""Prices of WooCommerce: a regular one, and a lower one while there is an offer.

They are kept with or without tax as the shop's settings say, and written many at a time like stock.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..records import ItemResult, Price
from . import batches, fields


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once."""
    places = [price.stock_id or price.variant_id for price in prices]
    rows = [(place, _row(price)) for place, price in zip(places, prices, strict=True)]
    held = batches.update(client, rows, what="Updating prices")
    return [_result(price, held.get(place)) for place, price in zip(places, prices, strict=True)]


def _row(price: Price) -> dict[str, str]:
    """An empty text ends an offer (recorded)."""
    return {"regular_price": _written(price.amount), "sale_price": _written(price.offer)}


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount, "f")


def _result(price: Price, row: Mapping[str, Any] | None) -> ItemResult:
    problem, shown = batches.problem(row), None
    if not problem:
        shown = fields.number(row.get("regular_price"))
        if shown != price.amount:
            problem = f"The shop shows {shown} after we wrote {price.amount}."
    return ItemResult(variant_id=price.variant_id, problem=problem, price=shown)
