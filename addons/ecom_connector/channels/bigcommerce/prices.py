"""Prices of BigCommerce: of each variant, a regular one and a lower one while there is an offer; many in one call."""

from collections.abc import Sequence
from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import ItemResult, Price

_VARIANTS = "/v3/catalog/variants"
# Nothing as a sale price: there is none (contract).
_NONE = 0


def push_prices(client, prices: Sequence[Price]) -> list[ItemResult]:
    """Write absolute prices: the same push twice is the same as once. Where the store refuses a call for one row, the
    rows are written one by one."""
    try:
        return _written(client, prices)
    except Rejected as error:
        if len(prices) == 1:
            return [ItemResult(variant_id=prices[0].variant_id, problem=str(error))]
    return [result for price in prices for result in push_prices(client, [price])]


def _written(client, prices: Sequence[Price]) -> list[ItemResult]:
    answer = client.put(_VARIANTS, [_row(price) for price in prices], what="Updating prices")
    held = {rows.identifier(row.get("id")): row for row in rows.rows(rows.load(answer.body).get("data"))}
    found = []
    for price in prices:
        shown = held.get(price.variant_id, {}).get("price")
        problem = "" if shown is not None and rows.amount(shown) == price.amount else f"The store shows {shown} now."
        found.append(
            ItemResult(
                variant_id=price.variant_id, problem=problem, price=None if shown is None else rows.amount(shown)
            )
        )
    return found


def _row(price: Price) -> dict[str, Any]:
    offer = _NONE if price.offer is None else price.offer
    return {"id": int(price.variant_id), "price": price.amount, "sale_price": offer}
