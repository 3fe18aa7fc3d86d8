"""Items of BigCommerce, written: a product's own fields and those of its variants are two calls, many rows each.

The fields of a product are written only for its base variant: the name of one variant is not the name of all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import ItemChange, ItemResult, Product
from .shop import read_settings


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """A call that the store refuses is told to each row of it; rows are asked one by one then."""
    products = [build_product(change) for change in changes]
    variants = [build_variant(change) for change in changes]
    problems: dict[int, str] = {}
    for path, asked in (("/v3/catalog/products", products), ("/v3/catalog/variants", variants)):
        wanted = [(place, row) for place, row in enumerate(asked) if len(row) > 1]
        problems |= _write(client, path, wanted)
    return [
        ItemResult(variant_id=change.variant_id, problem=problems.get(place, ""))
        for place, change in enumerate(changes)
    ]


def _write(client, path: str, asked: list[tuple[int, dict[str, Any]]]) -> dict[int, str]:
    if not asked:
        return {}
    try:
        client.put(path, [row for _place, row in asked], what="Changing products")
        return {}
    except Rejected as error:
        if len(asked) == 1:
            return {asked[0][0]: str(error)}
    return {place: words for entry in asked for place, words in _write(client, path, [entry]).items()}


def build_product(change: ItemChange) -> dict[str, Any]:
    """Nothing but its number for a true variant."""
    number, slash, _variant = (change.stock_id or "").partition("/")
    if slash or not number:
        return {}
    values: Mapping[str, Any] = {
        "name": change.name,
        "sku": change.sku,
        "description": change.description,
        "is_visible": change.active,
    }
    return {"id": int(number), **{name: value for name, value in values.items() if value is not None}}


def build_variant(change: ItemChange) -> dict[str, Any]:
    true_variant = "/" in (change.stock_id or "")
    values: Mapping[str, Any] = {
        "upc": change.barcode,
        "price": change.price,
        "purchasing_disabled": None if change.active is None or not true_variant else not change.active,
    }
    return {"id": int(change.variant_id), **{name: value for name, value in values.items() if value is not None}}


def make_product(client, change: ItemChange) -> Product:
    """A product of its own, not visible yet: a person there gives it its categories. Asked twice it is made once."""
    from .products import read_items

    sku = change.sku or ""
    if not sku:
        raise Rejected("Give the product an internal reference first: that is how the store recognises it.")
    what, settings = f"Making {sku}", read_settings(client)
    include = {"include": "variants,primary_image"}
    found, _pages = client.data("/catalog/products", {**include, "sku": sku}, what=what)
    if not found:
        client.post("/v3/catalog/products", _new(change, sku), what=what)
        found, _pages = client.data("/catalog/products", {**include, "sku": sku}, what=what)
    items = [item for row in found for item in read_items(row, rows.text(settings.get("currency")))]
    if not items:
        raise Rejected(f"{what}: the store took it, but does not show it.")
    return items[0]


def _new(change: ItemChange, sku: str) -> dict[str, Any]:
    name = change.name or (change.parent.name if change.parent else "") or sku
    options = ", ".join(value for _attribute, value in change.options)
    return {
        "name": f"{name} ({options})" if options and options not in name else name,
        "type": "physical",
        "sku": sku,
        "upc": change.barcode or "",
        "description": change.description or "",
        "weight": 0,
        "price": change.price or 0,
        "is_visible": bool(change.active),
        "inventory_tracking": "product",
    }
