"""Stock of Amazon: one whole number a listing, for what the seller ships himself.

The fulfilment channel must be named (research/connector.md: without it the change fails). Units in Amazon's own
warehouses are Amazon's count and are never written.
"""

from collections.abc import Sequence

from ..one_by_one import one_by_one
from ..records import StockLevel, StockResult
from . import listings, values
from .fba import fetch_kept  # noqa: F401 the rest of this noun

KEPT = "AMAZON"


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    return one_by_one(levels, lambda level: _push(client, level))


def _push(client, level: StockLevel) -> StockResult:
    said = listings.own_stock(level.quantity)
    problem = listings.change(client, level.variant_id, said, what=f"Updating the stock of {level.variant_id}")
    return StockResult.of(level, problem)


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What Amazon shows, minutes after it was told. Listings without own stock are left out."""
    wanted = {level.variant_id: level for level in levels}
    found: dict[tuple[str, str], int] = {}
    for row in listings.of_skus(client, list(wanted)):
        level, quantity = wanted.get(values.identifier(row.get("sku"))), listings.availability(row).get(listings.OWN)
        if level is not None and quantity is not None:
            found[level.variant_id, level.location_id] = quantity
    return found
