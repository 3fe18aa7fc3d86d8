"""Stock of BigCommerce: absolute quantities by location, many in one adjustment.

The store works an adjustment off after it has answered (`transaction_id`), so what is read right after may be old. An
adjustment with one row that it will not take is refused whole (contract, 422): it is halved down to that row.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import StockLevel, StockResult

_ABSOLUTE = "/v3/inventory/adjustments/absolute"
# Every store has it (contract).
_DEFAULT = "1"
_AT_ONCE = 100


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    problems = dict(_push(client, list(levels)))
    return [StockResult.of(level, problems.get(place, "")) for place, level in enumerate(levels)]


def _push(client, levels: list[StockLevel], first: int = 0) -> Iterator[tuple[int, str]]:
    """(place of a row that was not taken, why)"""
    try:
        payload = {"reason": "Odoo", "items": [_row(level) for level in levels]}
        client.put(_ABSOLUTE, payload, what="Updating stock")
    except Rejected as error:
        if len(levels) == 1:
            yield first, str(error)
            return
        middle = len(levels) // 2
        yield from _push(client, levels[:middle], first)
        yield from _push(client, levels[middle:], first + middle)


def _row(level: StockLevel) -> dict[str, Any]:
    return {
        "location_id": int(level.location_id or _DEFAULT),
        "variant_id": int(level.variant_id),
        "quantity": level.quantity,
    }


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What can be sold at each location; items that are not at one are left out."""
    wanted = {(level.variant_id, level.location_id or _DEFAULT): level for level in levels}
    variants = list(dict.fromkeys(level.variant_id for level in levels))
    found = {}
    for start in range(0, len(variants), _AT_ONCE):
        params = {"variant_id:in": ",".join(variants[start : start + _AT_ONCE])}
        for row in client.every("/inventory/items", params, what="Reading stock"):
            variant = rows.identifier(rows.record(row.get("identity")).get("variant_id"))
            for place in rows.rows(row.get("locations")):
                level = wanted.get((variant, rows.identifier(place.get("location_id"))))
                if level is not None and place.get("available_to_sell") is not None:
                    found[level.variant_id, level.location_id] = rows.whole(place["available_to_sell"])
    return found
