"""Items of eBay's inventory with their offers. Listings that were not made or migrated with the Inventory API are not
in it; eBay migrates them on request (its call bulkMigrateListing)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import Gone, Rejected
from ..records import ItemChange, ItemResult, Page, Product
from . import offers
from .values import money

_ITEMS = "/sell/inventory/v1/inventory_item"
# Each item is a call of its own for its offers.
_AT_ONCE = 10
_LONGEST_TITLE = 80
# What eBay answers beside what may be written back (contract).
_READ_ONLY = ("sku", "locale", "groupIds", "inventoryItemGroupKeys")


def fetch_products(client, token: str = "") -> Page:
    offset = int(token or 0)
    found = rows.load(client.get(_ITEMS, {"limit": _AT_ONCE, "offset": offset}, what="Fetching items").body)
    items = rows.rows(found.get("inventoryItems"))
    held = tuple(_item(client, row) for row in items if rows.identifier(row.get("sku")))
    more = items and offset + len(items) < rows.whole(found.get("total"))
    return Page(items=held, next=str(offset + len(items)) if more else "")


def _item(client, row: Mapping[str, Any]) -> Product:
    sku, said = rows.identifier(row.get("sku")), rows.record(row.get("product"))
    on_sale = offers.of_sku(client, sku)
    ours = next((o for o in on_sale if rows.text(o.get("marketplaceId")) == client.marketplace), {})
    groups = rows.texts(row.get("inventoryItemGroupKeys")) or rows.texts(row.get("groupIds"))
    return Product(
        variant_id=sku,
        product_id=groups[0] if groups else sku,
        name=_name(said, bool(groups)),
        sku=sku,
        barcode=next(iter([*rows.texts(said.get("ean")), *rows.texts(said.get("upc"))]), ""),
        price=_price(ours),
        currency=rows.text(rows.record(_asked(ours)).get("currency")),
        active=any(rows.text(offer.get("status")) == "PUBLISHED" for offer in on_sale),
        stock_id=",".join(rows.identifier(offer.get("offerId")) for offer in on_sale),
        image_url=next(iter(rows.texts(said.get("imageUrls"))), ""),
    )


def _name(said: Mapping[str, Any], is_variant: bool) -> str:
    """Variants share their title; what they differ in stands in their aspects."""
    title, aspects = rows.text(said.get("title")), said.get("aspects")
    if not is_variant or not isinstance(aspects, dict):
        return title
    values = [str(value) for held in aspects.values() for value in (held if isinstance(held, list) else [held])]
    return f"{title} - {', '.join(values)}" if values else title


def _asked(offer: Mapping[str, Any]) -> Mapping[str, Any]:
    return rows.record(rows.record(offer.get("pricingSummary")).get("price"))


def _price(offer: Mapping[str, Any]) -> Decimal | None:
    return money(_asked(offer)) if _asked(offer) else None


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """One by one: an item is replaced whole, so it is read first and what is not ours goes back as it was."""
    return [_changed(client, change) for change in changes]


def _changed(client, change: ItemChange) -> ItemResult:
    path, what = f"{_ITEMS}/{quote(change.variant_id, safe='')}", f"Changing {change.variant_id}"
    try:
        row = rows.load(client.get(path, what=what).body)
        wanted = build_item(row, change)
        if wanted != row:
            client.put(path, {name: value for name, value in wanted.items() if name not in _READ_ONLY}, what=what)
        if change.active is not None:
            _put_on_sale(client, change.variant_id, change.active, what)
    except Gone:
        return ItemResult(variant_id=change.variant_id, problem="eBay does not have this item any more.")
    except Rejected as error:
        return ItemResult(variant_id=change.variant_id, problem=str(error))
    return ItemResult(variant_id=change.variant_id)


def build_item(row: Mapping[str, Any], change: ItemChange) -> dict[str, Any]:
    said = dict(rows.record(row.get("product")))
    if change.name is not None:
        said["title"] = change.name[:_LONGEST_TITLE]
    if change.description is not None:
        said["description"] = change.description
    if change.barcode is not None:
        said["ean"] = [change.barcode] if change.barcode else []
    return {**row, "product": said}


def _put_on_sale(client, sku: str, active: bool, what: str) -> None:
    for offer in offers.of_sku(client, sku):
        listed = rows.text(offer.get("status")) == "PUBLISHED"
        if listed != active:
            number = quote(rows.identifier(offer.get("offerId")), safe="")
            client.post(f"/sell/inventory/v1/offer/{number}/{'publish' if active else 'withdraw'}", {}, what=what)
