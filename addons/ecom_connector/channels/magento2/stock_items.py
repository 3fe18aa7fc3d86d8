"""Stock of a Magento 2 whose inventory management (MSI) is switched off: one number a product.

The shop takes units off that number when they are ordered (source), so what is published is written as it is. A product
is read and written back by itself, with all that its record says beside the quantity (contract).
"""

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import ChannelError, Gone, Rejected
from ..records import StockLevel, StockResult

# Two calls for each product: what is left is told in the next round.
_SECONDS = 6.0
_ABSENT = "The shop does not have this product, or does not track its stock."


def push_stock(client, levels: Sequence[StockLevel], clock=time.monotonic) -> list[StockResult]:
    """Write absolute quantities. Where there are many, or a later one fails for another reason than itself: the results
    so far."""
    results: list[StockResult] = []
    until = clock() + _SECONDS
    for level in levels:
        if results and clock() >= until:
            break
        try:
            problem = _write(client, level)
        except Rejected as error:
            problem = str(error)
        except ChannelError:
            if not results:
                raise
            break
        results.append(_result(level, problem))
    return results


def _write(client, level: StockLevel) -> str:
    sku = level.stock_id or level.variant_id
    row = _item(client, sku)
    if row is None:
        return _ABSENT
    told = {name: value for name, value in row.items() if name != "extension_attributes"}
    told |= {"qty": level.quantity, "is_in_stock": level.quantity > 0 or _sells_on(row)}
    path = f"/V1/products/{quote(sku, safe='')}/stockItems/{rows.identifier(row.get('item_id'))}"
    client.put(path, {"stockItem": told}, what=f"Updating the stock of {sku}")
    return ""


def _sells_on(row: Mapping[str, Any]) -> bool:
    """At nothing: an item that may be ordered all the same stays on sale."""
    return bool(rows.whole(row.get("backorders") or 0)) and row.get("is_in_stock") is True


def _item(client, sku: str) -> dict[str, Any] | None:
    """None where the shop does not count the product."""
    try:
        answer = client.get(f"/V1/stockItems/{quote(sku, safe='')}", what=f"Reading the stock of {sku}")
    except Gone:
        return None
    row = rows.load(answer.body)
    return None if row.get("manage_stock") is False or not row.get("item_id") else row


def _result(level: StockLevel, problem: str) -> StockResult:
    return StockResult(
        variant_id=level.variant_id,
        location_id=level.location_id,
        outcome="rejected" if problem else "applied",
        held=None if problem else level.quantity,
        problem=problem,
    )


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    found = {}
    for level in levels:
        row = _item(client, level.stock_id or level.variant_id)
        if row is not None:
            found[level.variant_id, level.location_id] = int(rows.amount(row.get("qty") or Decimal(0)))
    return found
