"""Offers: what of an item is for sale on one marketplace, at what price. An item may have several.

What a buyer may order is the smaller of the item's quantity and the offer's (research/connector.md), so both are
written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import rows
from ..errors import Gone
from . import answers

_OFFERS = "/sell/inventory/v1/offer"
_BULK = "/sell/inventory/v1/bulk_update_price_quantity"
_SILENT = "eBay did not say what became of this item."


def of_sku(client, sku: str) -> list[dict]:
    """All offers of an item; none where it is on no marketplace."""
    try:
        answer = client.get(_OFFERS, {"sku": sku, "limit": 25}, what=f"Reading the offers of {sku}")
    except Gone:
        return []
    return rows.rows(rows.load(answer.body).get("offers"))


def numbers(stored: str) -> list[str]:
    """Of Product.stock_id."""
    return [number for number in stored.split(",") if number]


def update(client, asked: Sequence[Mapping[str, Any]], *, what: str) -> dict[str, str]:
    """{SKU: why it was not taken, empty where it was}. One answer comes for the item and one for each of its offers."""
    answer = client.post(_BULK, {"requests": list(asked)}, what=what)
    told: dict[str, list[str]] = {}
    for row in rows.rows(rows.load(answer.body).get("responses")):
        told.setdefault(rows.identifier(row.get("sku")), []).append(answers.problem_of(row))
    found = {}
    for row in asked:
        problems = told.get(row["sku"])
        found[row["sku"]] = _SILENT if problems is None else next(filter(None, problems), "")
    return found
