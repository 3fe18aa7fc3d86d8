"""Stock of eBay: one whole number an item, written to the item and to each of its offers in one call for 25 items.

A listing takes 250 revisions a day, changes of its quantity included (research/connector.md); the publisher spends them
sparingly (`limits.daily_revisions`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import rows
from ..records import StockLevel, StockResult
from . import offers

_ITEMS = "/sell/inventory/v1/bulk_get_inventory_item"


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    asked = [_row(client, level) for level in levels]
    problems = offers.update(client, asked, what="Updating stock")
    return [StockResult.of(level, problems[level.variant_id]) for level in levels]


def _row(client, level: StockLevel) -> dict[str, Any]:
    known = offers.numbers(level.stock_id) or [
        rows.identifier(offer.get("offerId")) for offer in offers.of_sku(client, level.variant_id)
    ]
    return {
        "sku": level.variant_id,
        "shipToLocationAvailability": {"quantity": level.quantity},
        "offers": [{"offerId": number, "availableQuantity": level.quantity} for number in known],
    }


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """The quantity of each item; those that eBay does not have are left out."""
    wanted = {level.variant_id: level for level in levels}
    asked = {"requests": [{"sku": sku} for sku in wanted]}
    answer = client.post(_ITEMS, asked, what="Reading stock", reads=True)
    found = {}
    for row in rows.rows(rows.load(answer.body).get("responses")):
        level, quantity = wanted.get(rows.identifier(row.get("sku"))), _quantity(rows.record(row.get("inventoryItem")))
        if level is not None and quantity is not None:
            found[level.variant_id, level.location_id] = quantity
    return found


def _quantity(item: Mapping[str, Any]) -> int | None:
    held = rows.record(rows.record(item.get("availability")).get("shipToLocationAvailability"))
    return None if held.get("quantity") is None else rows.whole(held["quantity"])
