"""Stock of WooCommerce: one whole number a product or variation, no locations, no compare-and-set.

A quantity sent to a product that does not track stock is answered with 200 and null, and ignored; a row that fails
stands as an error inside a 200 (research/contracts.md). Variations are written through their parent, so a push is
one call for all products and one more for each parent.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import Rejected
from ..records import StockLevel, StockResult
from . import answers, fields

_NOT_TRACKED = "The shop does not track stock of this product: switch on “Track stock quantity” there."


def push_stock(client, levels: Sequence[StockLevel]) -> list[StockResult]:
    """Write absolute quantities: the same push twice is the same as once."""
    results: dict[int, StockResult] = {}
    for parent, group in _by_parent(levels).items():
        held = _write(client, parent, [levels[index] for index in group])
        for index in group:
            results[index] = _result(levels[index], held)
    return [results[index] for index in range(len(levels))]


def read_stock(client, levels: Sequence[StockLevel]) -> dict[tuple[str, str], int]:
    """What the shop shows; products that do not track stock are left out."""
    found: dict[tuple[str, str], int] = {}
    for parent, group in _by_parent(levels).items():
        wanted = {_item(levels[index]): levels[index] for index in group}
        path = f"products/{parent}/variations" if parent else "products"
        params = {"include": ",".join(wanted), "per_page": 100, "_fields": "id,manage_stock,stock_quantity"}
        for row, _body in fields.slices(client.get(path, params, what="Reading stock").body):
            level, quantity = wanted.get(fields.identifier(row.get("id"))), row.get("stock_quantity")
            if level is not None and quantity is not None:
                found[level.variant_id, level.location_id] = int(fields.number(quantity))
    return found


def _by_parent(levels: Sequence[StockLevel]) -> dict[str, list[int]]:
    """Positions of the levels by the product they are written through; "" for products themselves."""
    groups: dict[str, list[int]] = {}
    for index, level in enumerate(levels):
        parent, slash, _item_id = level.stock_id.partition("/")
        groups.setdefault(parent if slash else "", []).append(index)
    return groups


def _item(level: StockLevel) -> str:
    return level.stock_id.rpartition("/")[2] or level.variant_id


def _write(client, parent: str, levels: Iterable[StockLevel]) -> dict[str, Mapping[str, Any]]:
    """The shop's row for each id; a whole call that it will not accept is an error of each of its rows."""
    rows = [{"id": int(_item(level)), "stock_quantity": level.quantity} for level in levels if _item(level).isdigit()]
    if not rows:
        return {}
    path = f"products/{parent}/variations/batch" if parent else "products/batch"
    try:
        answer = client.post(path, {"update": rows}, what="Updating stock")
    except Rejected as error:
        return {str(row["id"]): {"error": {"message": str(error)}} for row in rows}
    return {fields.identifier(row.get("id")): row for row in fields.rows(fields.load_row(answer.body).get("update"))}


def _result(level: StockLevel, held: Mapping[str, Mapping[str, Any]]) -> StockResult:
    row = held.get(_item(level))
    problem, shown = "", None
    if row is None:
        problem = "The shop did not say what became of this product."
    elif "error" in row:
        problem = answers.plain(fields.text(fields.record(row["error"]).get("message"))) or "The shop refused it."
    elif row.get("stock_quantity") is None:
        problem = _NOT_TRACKED
    else:
        shown = int(fields.number(row["stock_quantity"]))
        if shown != level.quantity:
            problem = f"The shop shows {shown} after we wrote {level.quantity}."
    return StockResult(
        variant_id=level.variant_id,
        location_id=level.location_id,
        outcome="rejected" if problem else "applied",
        held=shown,
        problem=problem,
    )
