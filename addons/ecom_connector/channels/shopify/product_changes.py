"""Items of Shopify, written: only what is ours to say goes over the wire."""

from collections.abc import Sequence
from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemResult
from . import answers, ids, variants
from .documents import goods


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """Write what is given; the same change twice is the same as once."""
    owners = variants.products_of(client, [change.variant_id for change in changes])
    problems = {change.variant_id: _change_product(client, change, owners) for change in changes}
    rows = {
        change.variant_id: build_variant(change)
        for change in changes
        if not problems[change.variant_id] and len(build_variant(change)) > 1
    }
    told = variants.change(client, rows, owners, what="Changing products")
    return [
        ItemResult(
            variant_id=change.variant_id,
            problem=problems[change.variant_id] or told.get(change.variant_id, variants.NOTHING).problem,
            price=told.get(change.variant_id, variants.NOTHING).price,
        )
        for change in changes
    ]


def build_variant(change: ItemChange) -> dict[str, Any]:
    row: dict[str, Any] = {"id": ids.gid("ProductVariant", change.variant_id)}
    if change.price is not None:
        row["price"] = f"{change.price:f}"
    if change.barcode is not None:
        row["barcode"] = change.barcode
    if change.sku is not None:
        row["inventoryItem"] = {"sku": change.sku}
    return row


def _change_product(client, change: ItemChange, owners: dict[str, dict]) -> str:
    """What stands with the product and not with one of its variants. Returns the problem, empty: it was taken.

    The name is that of all variants: where there are several, it is the merchant's own.
    """
    owner = owners.get(change.variant_id)
    if owner is None:
        return variants.GONE
    asked: dict[str, Any] = {"id": owner["id"]}
    if change.name is not None and owner.get("hasOnlyDefaultVariant") is True:
        asked["title"] = change.name
    if change.description is not None and owner.get("hasOnlyDefaultVariant") is True:
        asked["descriptionHtml"] = change.description
    if change.active is not None:
        asked["status"] = "ACTIVE" if change.active else "DRAFT"
    if len(asked) == 1:
        return ""
    try:
        what = "Changing a product"
        answers.payload(client.ask(goods.CHANGE_PRODUCT, {"product": asked}, what=what), "productUpdate", what)
    except Rejected as error:
        return str(error)
    return ""
