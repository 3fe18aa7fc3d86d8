"""Items of Shopify, written: only what is ours to say goes over the wire."""

from collections.abc import Sequence
from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemResult, Product
from . import answers, fields, ids, variants
from .documents import goods

_ONLY = {"optionName": "Title", "name": "Default Title"}


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


def make_product(client, change: ItemChange) -> Product:
    """A product with one variant, unless the shop has that SKU already: then it is that one."""
    what = f"Making product {change.sku or change.name}"
    found = _by_sku(client, change.sku or "", what)
    if found:
        return found
    answers.payload(client.ask(goods.MAKE_PRODUCT, {"input": build_product(change)}, what=what), "productSet", what)
    made = _by_sku(client, change.sku or "", what)
    if made is None:
        raise Rejected(f"{what}: Shopify made it, and does not show it by its SKU yet. Read the products again.")
    return made


def build_product(change: ItemChange) -> dict[str, Any]:
    variant: dict[str, Any] = {
        "optionValues": [_ONLY],
        "inventoryItem": {"sku": change.sku or "", "tracked": True},
    }
    if change.price is not None:
        variant["price"] = f"{change.price:f}"
    if change.barcode:
        variant["barcode"] = change.barcode
    return {
        "title": change.name or change.sku,
        "descriptionHtml": change.description or "",
        "status": "ACTIVE" if change.active else "DRAFT",
        "productOptions": [{"name": "Title", "values": [{"name": "Default Title"}]}],
        "variants": [variant],
    }


def _by_sku(client, sku: str, what: str) -> Product | None:
    from .products import read_variant

    plain = sku.replace("\\", "").replace("'", "")
    if not plain:
        raise Rejected(f"{what}: it needs a SKU, by which it is known again.")
    told = client.ask(goods.VARIANTS_BY_SKU, {"query": f"sku:'{plain}'"}, what=what)
    currency = fields.text(fields.record(told.get("shop")).get("currencyCode"))
    for row in fields.rows(told.get("productVariants")):
        if fields.text(row.get("sku")) == sku:
            return read_variant(row, currency)
    return None
