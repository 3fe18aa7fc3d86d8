"""Stock of Shopify: one quantity of an item at a location, written only if it is what we believe it to be.

Shopify knows several quantities of an item: `on_hand` is what lies there, `committed` what orders there have taken of
it, `available` what is left to sell. A sale moves units from available to committed at once.

We write `available`, with `changeFromQuantity`. A sale that is not imported yet has lowered it, so the write is
refused, and tells of the sale; the guard in flow/publish.py lives on that. `on_hand` would absorb such a sale too, for
it is not touched by it. But it counts what lies there until the parcel is told: between our delivery and the answer to
that, and for every order that is imported and not shipped, we would have to know what Shopify still calls committed,
and a write would never find out that we did not. Both are played in
`tests/contract/test_shopify_stock_and_parcels.py`.

A call is taken whole or not at all (documented), so rows that are refused are left out and the rest is sent again.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import ChannelError, Rejected, Unanswered
from ..records import StockLevel, StockResult
from . import answers, fields, ids
from .documents import stock

NAME = "available"
ROUNDS = 4
_NAMESPACE = uuid.UUID("6a4d1c52-6d3c-4c0e-9d0b-0d6c7a1f8e10")
_NOT_KNOWN = "Shopify's item of this listing is not known yet. It is read with the products."
_NOWHERE = "Choose which of the shop's locations this stock belongs to."
_STALE = ("CHANGE_FROM_QUANTITY_STALE", "COMPARE_QUANTITY_STALE")
_BUSY = ("IDEMPOTENCY_CONCURRENT_REQUEST", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")
_WORDS = {
    "NON_MUTABLE_INVENTORY_ITEM": "Shopify reckons the stock of this product itself, from its parts.",
    "INVALID_INVENTORY_ITEM": "The product does not exist in the shop any more.",
    "INVALID_LOCATION": "The location does not exist in the shop any more, or is switched off.",
    "INVALID_QUANTITY_TOO_HIGH": "This is more than Shopify counts.",
}

Place = tuple[str, str]


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """At most 250. Unanswered where it may have been applied; what an earlier request settled is told all the same."""
    results = {_place(level): _refusal(level) for level in levels if not level.stock_id or not level.location_id}
    left = {_place(level): level for level in levels if _place(level) not in results}
    try:
        _push(client, left, results)
    except ChannelError:
        if not results:
            raise
    return [results[_place(level)] for level in levels if _place(level) in results]


def _push(client, left: dict[Place, StockLevel], results: dict[Place, StockResult]) -> None:
    """Write `left`, round after round without what was refused; fills `results`."""
    for _round in range(ROUNDS):
        if not left:
            return
        problems = _set(client, list(left.values()))
        if not problems:
            results.update({place: _applied(level) for place, level in left.items()})
            return
        for place in list(problems):
            if problems[place] == "ITEM_NOT_STOCKED_AT_LOCATION":
                results[place] = _activate(client, left[place])
            elif problems[place] not in _STALE:
                results[place] = _rejected(left[place], problems[place])
        stale = [left[place] for place, code in problems.items() if code in _STALE]
        held = read_stock(client, stale) if stale else {}
        results.update({_place(level): _stale(level, held) for level in stale})
        left = {place: level for place, level in left.items() if place not in problems}


def _set(client, levels: list[StockLevel]) -> dict[Place, str]:
    """Write these. {place: code} of what is wrong with single ones, in which case none of them was written."""
    what = "Publishing stock"
    asked = {
        "name": NAME,
        "reason": "correction",
        "referenceDocumentUri": "odoo://ecom_connector/stock",
        "quantities": [_row(level) for level in levels],
    }
    told = client.ask(stock.SET_QUANTITIES, {"input": asked, "key": call_key(levels)}, what=what)
    problems = fields.rows(fields.record(told.get("inventorySetQuantities")).get("userErrors"))
    found: dict[Place, str] = {}
    for problem in problems:
        code, index = fields.text(problem.get("code")), _index(problem)
        if code in _BUSY:
            raise Unanswered(f"{what}: the same call is being answered.", code=code)
        if index is None or index >= len(levels):
            raise Rejected(f"{what}: {fields.text(problem.get('message'))[:300]}", code=code)
        found[_place(levels[index])] = code or fields.text(problem.get("message"))[:300]
    return found


def _row(level: StockLevel) -> dict[str, Any]:
    """`changeFromQuantity` is always there: null says on purpose that it does not matter what is shown."""
    return {
        "inventoryItemId": ids.gid("InventoryItem", level.stock_id),
        "locationId": ids.gid("Location", level.location_id),
        "quantity": level.quantity,
        "changeFromQuantity": level.expected,
    }


def call_key(levels: Iterable[StockLevel], what: str = "set") -> str:
    """One key a call, made of those of its levels and what they say: the same call has the same, no other has it."""
    said = f"{what}:" + ";".join(f"{level.key}={level.quantity}<{level.expected}" for level in levels)
    return str(uuid.uuid5(_NAMESPACE, said))


def _index(problem: Mapping[str, Any]) -> int | None:
    """The row that `field` names: ["input", "quantities", "3", "changeFromQuantity"]."""
    path = problem.get("field")
    found = [part for part in path if isinstance(part, str) and part.isascii() and part.isdigit()] if path else []
    return int(found[0]) if found else None


def _activate(client, level: StockLevel) -> StockResult:
    """The item is not kept at that location yet: from now on it is, with this quantity."""
    what = "Activating a product at a location"
    asked = {
        "item": ids.gid("InventoryItem", level.stock_id),
        "location": ids.gid("Location", level.location_id),
        "available": level.quantity,
        "key": call_key([level], "activate"),
    }
    try:
        told = client.ask(stock.ACTIVATE, asked, what=what)
        kept = answers.payload(told, "inventoryActivate", what)
    except Rejected as error:
        return _rejected(level, str(error))
    held = _available(fields.record(kept.get("inventoryLevel")))
    if held is not None and held != level.quantity:
        return StockResult(variant_id=level.variant_id, location_id=level.location_id, outcome="stale", held=held)
    return _applied(level)


def read_stock(client, levels: Sequence[StockLevel]) -> dict[Place, int]:
    """What the shop has left to sell. What it does not count, or does not keep there, is left out."""
    found: dict[Place, int] = {}
    for location in dict.fromkeys(level.location_id for level in levels if level.location_id):
        here = {level.stock_id: level for level in levels if level.location_id == location and level.stock_id}
        asked = {
            "items": [ids.gid("InventoryItem", stock_id) for stock_id in here],
            "location": ids.gid("Location", location),
        }
        nodes = client.ask(stock.QUANTITIES, asked, what="Reading stock").get("nodes") if here else ()
        for row in nodes or ():
            level = here.get(ids.number(row.get("id"))) if isinstance(row, dict) else None
            held = (
                _available(fields.record(row.get("inventoryLevel"))) if level and row.get("tracked") is True else None
            )
            if held is not None:
                found[_place(level)] = held
    return found


def _available(kept: Mapping[str, Any]) -> int | None:
    for row in fields.rows(kept.get("quantities")):
        if row.get("name") == NAME:
            return fields.count(row.get("quantity"))
    return None


def _place(level: StockLevel) -> Place:
    return level.variant_id, level.location_id


def _applied(level: StockLevel) -> StockResult:
    return StockResult(variant_id=level.variant_id, location_id=level.location_id, held=level.quantity)


def _stale(level: StockLevel, held: Mapping[Place, int]) -> StockResult:
    shown = held.get(_place(level))
    return StockResult(variant_id=level.variant_id, location_id=level.location_id, outcome="stale", held=shown)


def _refusal(level: StockLevel) -> StockResult:
    return _rejected(level, _NOT_KNOWN if level.location_id else _NOWHERE)


def _rejected(level: StockLevel, code: str) -> StockResult:
    return StockResult(
        variant_id=level.variant_id,
        location_id=level.location_id,
        outcome="rejected",
        problem=_WORDS.get(code, code),
    )
