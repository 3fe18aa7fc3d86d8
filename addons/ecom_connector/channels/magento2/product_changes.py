"""Products of Magento 2, written: for all store views at once, and only what is ours to say."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import Gone, Rejected
from ..records import ItemChange, ItemResult, Product

# Writing without a store view would write for the default one only (source).
_ALL = "/all/V1/products"
_ENABLED, _DISABLED = 1, 2
# "Default", which every shop begins with (source), "Catalog, Search".
_ATTRIBUTE_SET, _VISIBLE = 4, 4


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    return [_changed(client, change) for change in changes]


def _changed(client, change: ItemChange) -> ItemResult:
    sku = change.stock_id or change.sku or ""
    try:
        path = f"{_ALL}/{quote(sku, safe='')}"
        told = rows.load(client.put(path, {"product": build_product(change, sku)}, what=f"Changing {sku}").body)
    except Gone:
        return ItemResult(variant_id=change.variant_id, problem="The shop does not have this product any more.")
    except Rejected as error:
        return ItemResult(variant_id=change.variant_id, problem=str(error))
    return ItemResult(
        variant_id=change.variant_id, price=None if told.get("price") is None else rows.amount(told["price"])
    )


def make_product(client, change: ItemChange) -> Product:
    """A simple product, switched off: a person there gives it its categories and pictures. Asked twice it is made once.

    Variants become products of their own, under their full name.
    """
    from .products import read_item

    sku = change.sku or ""
    if not sku:
        raise Rejected("Magento knows products by their internal reference. Give the product one first.")
    what = f"Making {sku}"
    try:
        row = rows.load(client.get(f"/V1/products/{quote(sku, safe='')}", what=what).body)
    except Gone:
        product = build_product(change, sku) | {
            "name": _name(change),
            "attribute_set_id": _ATTRIBUTE_SET,
            "type_id": "simple",
            "visibility": _VISIBLE,
            "status": _ENABLED if change.active else _DISABLED,
            "price": change.price or 0,
        }
        row = rows.load(client.post(_ALL, {"product": product}, what=what).body)
    return read_item(row, client.settings or [])


def _name(change: ItemChange) -> str:
    name = change.name or (change.parent.name if change.parent else "") or change.sku or ""
    options = ", ".join(value for _attribute, value in change.options)
    return f"{name} ({options})" if options and options not in name else name


def build_product(change: ItemChange, sku: str) -> dict[str, Any]:
    product: dict[str, Any] = {"sku": change.sku or sku}
    values: Mapping[str, Any] = {
        "name": change.name,
        "price": change.price,
        "status": None if change.active is None else _ENABLED if change.active else _DISABLED,
    }
    product |= {name: value for name, value in values.items() if value is not None}
    if change.description is not None:
        product["custom_attributes"] = [{"attribute_code": "description", "value": change.description}]
    return product
