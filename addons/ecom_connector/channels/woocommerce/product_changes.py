"""Items of WooCommerce, written: only what is ours to say goes over the wire."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemResult, Product
from . import batches, fields
from .items import read_item
from .product_variants import make_variation

_TAKEN = "product_invalid_sku"  # recorded: 400, for a SKU that another product has


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """Write what is given; the same change twice is the same as once. A variation has no name of its own there."""
    places = [change.stock_id or change.variant_id for change in changes]
    rows = [(place, row(change, "/" in place)) for place, change in zip(places, changes, strict=True)]
    held = batches.update(client, [pair for pair in rows if pair[1]], what="Updating products")
    return [
        ItemResult(variant_id=change.variant_id, problem=batches.problem(held.get(place)) if values else "")
        for change, (place, values) in zip(changes, rows, strict=True)
    ]


def make_product(client, change: ItemChange) -> Product:
    """A simple product, or a variation, not on sale yet unless the change says so. Where its SKU is taken, the item
    that has it: so it is made once, also when an answer never came."""
    try:
        made = make_variation(client, change, row(change, True)) if change.parent else _make_simple(client, change)
    except Rejected as error:
        made = _with_sku(client, change.sku or "") if error.code == _TAKEN else None
        if made is None:
            raise
    return read_item(made)


def _make_simple(client, change: ItemChange) -> dict:
    asked = {"type": "simple", "manage_stock": True, "stock_quantity": 0, "status": "draft", **row(change, False)}
    return fields.load_row(client.post("products", asked, what=f"Making {change.name or change.sku}").body)


def _with_sku(client, sku: str) -> dict | None:
    """The list by SKU has variations as well (recorded); a comma would be two SKUs."""
    if not sku or "," in sku:
        return None
    found = [row for row, _body in fields.slices(client.get("products", {"sku": sku}, what=f"Looking for {sku}").body)]
    return found[0] if len(found) == 1 else None


def row(change: ItemChange, is_variation: bool) -> dict[str, Any]:
    """The shop's names of the fields that are given."""
    values: Mapping[str, Any] = {
        "name": None if is_variation else change.name,
        "sku": change.sku,
        "global_unique_id": change.barcode,
        "description": change.description,
        "regular_price": None if change.price is None else format(change.price, "f"),
        "status": None if change.active is None else ("publish" if change.active else "draft"),
    }
    return {name: value for name, value in values.items() if value is not None}
