"""Stock of Walmart, fulfilment centre by fulfilment centre.

    inputQty         what we said, units that are sold and not shipped yet among them (guide)
    reservedQty      those units
    availToSellQty   what can be bought: inputQty - reservedQty

What is published from here has open orders taken off already; so what Walmart has reserved is added to it, or it would
be taken off twice.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import ChannelError, Gone, Rejected
from ..records import StockLevel, StockResult
from . import answers
from .wfs import fetch_kept  # noqa: F401 the rest of this noun

KEPT = "WFS"
_DONE = "SUCCESS"


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Two calls for an item, whatever its centres; where a later item fails for another reason than itself, what was
    written before is told, and the rest left out."""
    results: list[StockResult] = []
    for sku in dict.fromkeys(level.variant_id for level in levels):
        own = [level for level in levels if level.variant_id == sku]
        try:
            results += _push(client, sku, own)
        except Rejected as error:
            results += [StockResult.of(level, str(error)) for level in own]
        except ChannelError:
            if not results:
                raise
            break
    order = {(level.variant_id, level.location_id): place for place, level in enumerate(levels)}
    return sorted(results, key=lambda result: order[result.variant_id, result.location_id])


def _push(client, sku: str, levels: list[StockLevel]) -> list[StockResult]:
    known = _nodes(client, sku)
    default = next(iter(known), "")
    asked = []
    for level in levels:
        node = level.location_id or default
        if not node:
            raise Rejected(f"{sku} is at no fulfilment centre of the account yet. Set its stock there once.")
        reserved = _quantity(known.get(node, {}), "reservedQty") or 0
        asked.append({"shipNode": node, "inputQty": {"unit": "EACH", "amount": level.quantity + int(reserved)}})
    payload = {"inventories": {"nodes": asked}}
    answer = client.put(_path(sku), payload, what=f"Updating the stock of {sku}")
    told = {rows.identifier(row.get("shipNode")): row for row in rows.rows(rows.load(answer.body).get("nodes"))}
    return [
        StockResult.of(level, _problem(told.get(row["shipNode"]))) for level, row in zip(levels, asked, strict=True)
    ]


def _problem(row: dict | None) -> str:
    if row is None:
        return "Walmart did not say what became of it."
    if rows.text(row.get("status")).upper() == _DONE:
        return ""
    return answers.first_problem(row.get("errors"))[1] or "Walmart refused it and did not say why."


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What can be bought of each; items that Walmart does not have are left out."""
    found = {}
    for sku in dict.fromkeys(level.variant_id for level in levels):
        known = _nodes(client, sku)
        default = next(iter(known), "")
        for level in levels:
            held = _quantity(known.get(level.location_id or default, {}), "availToSellQty")
            if level.variant_id == sku and held is not None:
                found[sku, level.location_id] = int(held)
    return found


def _path(sku: str) -> str:
    return f"/v3/inventories/{quote(sku, safe='')}"


def _nodes(client, sku: str) -> dict[str, dict[str, Any]]:
    try:
        found = rows.load(client.get(_path(sku), what=f"Reading the stock of {sku}").body)
    except Gone:
        return {}
    return {rows.identifier(row.get("shipNode")): row for row in rows.rows(found.get("nodes"))}


def _quantity(row: dict[str, Any], name: str) -> Decimal | None:
    held = rows.record(row.get(name))
    return None if held.get("amount") is None else rows.amount(held["amount"])
