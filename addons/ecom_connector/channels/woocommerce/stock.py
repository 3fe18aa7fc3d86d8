"""Stock of WooCommerce: one whole number a product or variation, no locations, no compare-and-set.

A quantity sent to a product that does not track stock is answered with 200 and null, and ignored
(research/contracts.md).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import ChannelError
from ..records import StockLevel, StockResult
from . import batches, fields

_NOT_TRACKED = "The shop does not track stock of this product: switch on “Track stock quantity” there."


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once.

    One call for each parent. Where a later one fails, what the earlier ones wrote is told, and the rest left out.
    """
    wanted = {level.stock_id or level.variant_id: {"stock_quantity": level.quantity} for level in levels}
    asked: set[str] = set()
    held: dict[str, Mapping[str, Any]] = {}
    for places in batches.by_parent(wanted).values():
        try:
            held |= batches.update(client, [(place, wanted[place]) for place in places], what="Updating stock")
        except ChannelError:
            if not asked:
                raise
            break
        asked.update(places)
    places = [level.stock_id or level.variant_id for level in levels]
    return [_result(level, held.get(place)) for place, level in zip(places, levels, strict=True) if place in asked]


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What the shop shows; products that do not track stock are left out."""
    by_place = {level.stock_id or level.variant_id: level for level in levels}
    found: dict[tuple[str, str], int] = {}
    for parent, group in batches.by_parent(by_place).items():
        wanted = {batches.item(place): by_place[place] for place in group}
        path = f"products/{parent}/variations" if parent else "products"
        params = {"include": ",".join(wanted), "per_page": 100, "_fields": "id,manage_stock,stock_quantity"}
        for row, _body in fields.slices(client.get(path, params, what="Reading stock").body):
            level, quantity = wanted.get(fields.identifier(row.get("id"))), row.get("stock_quantity")
            if level is not None and quantity is not None:
                found[level.variant_id, level.location_id] = int(fields.number(quantity))
    return found


def _result(level: StockLevel, row: Mapping[str, Any] | None) -> StockResult:
    problem, shown = batches.problem(row), None
    if not problem and row.get("stock_quantity") is None:
        problem = _NOT_TRACKED
    elif not problem:
        shown = int(fields.number(row["stock_quantity"]))
        if shown != level.quantity:
            problem = f"The shop shows {shown} after we wrote {level.quantity}."
    return StockResult.of(level, problem, shown)
