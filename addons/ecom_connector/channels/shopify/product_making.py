"""Products of Shopify, made: one with a single variant, or one more variant of a product with options.

A variant is known again by its SKU. A product with options has none: it is known by its handle, which is made of our
key, until a listing of it tells its id. So both are made once, also after an answer that never came.
"""

from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemParent, Product
from . import answers, fields, ids, media
from .documents import goods

_ONLY = {"optionName": "Title", "name": "Default Title"}
MOST_OPTIONS = 3


def make_product(client, change: ItemChange) -> Product:
    """Not on sale unless the change says so. Where the shop has that SKU already, it is that one."""
    what = f"Making product {change.sku or change.name}"
    found = _by_sku(client, change.sku or "", what)
    if found:
        return found
    if change.parent:
        _make_variant(client, change, what)
    else:
        asked = build_product(change, _picture(client, change, what))
        answers.payload(client.ask(goods.MAKE_PRODUCT, {"input": asked}, what=what), "productSet", what)
    made = _by_sku(client, change.sku or "", what)
    if made is None:
        raise Rejected(f"{what}: Shopify made it, and does not show it by its SKU yet. Read the products again.")
    return made


def build_product(change: ItemChange, picture: str = "") -> dict[str, Any]:
    """The input of a product with one variant: of one without options, or the first one of those that has some."""
    parent = change.parent
    chosen = _chosen(change)
    variant = {**_variant(change), "optionValues": chosen}
    product: dict[str, Any] = {
        "title": (parent.name if parent else change.name) or change.sku,
        "descriptionHtml": (parent.description if parent else change.description) or "",
        "status": "ACTIVE" if change.active else "DRAFT",
        "productOptions": [{"name": row["optionName"], "values": [{"name": row["name"]}]} for row in chosen],
        "variants": [variant],
    }
    if parent:
        product["handle"] = handle(parent)
    if picture:
        file = {"originalSource": picture, "contentType": "IMAGE", "alt": change.name or ""}
        product["files"] = [file]
        if parent:
            variant["file"] = file
    return product


def handle(parent: ItemParent) -> str:
    return parent.key.lower()


def _chosen(change: ItemChange) -> list[dict[str, str]]:
    if not change.parent:
        return [_ONLY]
    return [{"optionName": name, "name": value} for name, value in change.options]


def _variant(change: ItemChange) -> dict[str, Any]:
    row: dict[str, Any] = {"inventoryItem": {"sku": change.sku or "", "tracked": True}}
    if change.price is not None:
        row["price"] = f"{change.price:f}"
    if change.barcode:
        row["barcode"] = change.barcode
    return row


# -------------------------------------------------------------------- variants
def _make_variant(client, change: ItemChange, what: str) -> None:
    if len(change.options) > MOST_OPTIONS:
        raise Rejected(
            f"{what}: Shopify lets variants differ in {MOST_OPTIONS} ways, these do in {len(change.options)}."
        )
    held = _held(client, change.parent, what)
    if not held:
        asked = build_product(change, _picture(client, change, what))
        answers.payload(client.ask(goods.MAKE_PRODUCT, {"input": asked}, what=what), "productSet", what)
        return
    names = _their_names(held, change, what)
    picture = _picture(client, change, what)
    chosen = [{"optionName": names[name.casefold()], "name": value} for name, value in change.options]
    row = {**_variant(change), "optionValues": chosen}
    files = []
    if picture:
        row["mediaSrc"] = [picture]
        files = [{"originalSource": picture, "mediaContentType": "IMAGE", "alt": change.name or ""}]
    asked = {"id": held["id"], "variants": [row], "media": files}
    answers.payload(client.ask(goods.MAKE_VARIANT, asked, what=what), "productVariantsBulkCreate", what)


def _held(client, parent: ItemParent, what: str) -> dict:
    """The product that is there already; empty where there is none yet."""
    wanted = {"id": ids.gid("Product", parent.product_id)} if parent.product_id else {"handle": handle(parent)}
    return fields.record(client.ask(goods.PRODUCT_BY, {"identifier": wanted}, what=what).get("productByIdentifier"))


def _their_names(held: dict, change: ItemChange, what: str) -> dict[str, str]:
    """{option in small letters: as the shop writes it}. A new value is added by naming it; a new way to differ would
    need a value for every variant that is there, which is for a person to say: Rejected."""
    if held.get("hasOnlyDefaultVariant") is True:
        raise Rejected(
            f"{what}: {change.parent.name} is a product without variants in the shop. List it there by hand."
        )
    there = {fields.text(row.get("name")).casefold(): fields.text(row.get("name")) for row in held["options"]}
    here = [name for name, _value in change.options]
    if there.keys() != {name.casefold() for name in here}:
        raise Rejected(
            f"{what}: variants of {change.parent.name} differ in {', '.join(there.values())} in the shop, and here in "
            f"{', '.join(here)}. Make them alike first."
        )
    return there


def _picture(client, change: ItemChange, what: str) -> str:
    if not change.image or media.kind(change.image) is None:
        return ""
    return media.upload(client, change.image, change.sku or "picture", what)


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
