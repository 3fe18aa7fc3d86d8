"""One sellable item as WooCommerce writes it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from ..records import Product
from . import fields


def item_id(row: Mapping[str, Any]) -> str:
    found = fields.identifier(row.get("id"))
    if not found:
        raise Unreadable("The shop sent a product without a number.")
    return found


def read_item(row: Mapping[str, Any], product_id: str = "", name: str = "") -> Product:
    """Of a variation with its parent's id and a name that says which one it is."""
    product_id = product_id or fields.identifier(row.get("parent_id")) or item_id(row)
    variant_id = item_id(row)
    return Product(
        variant_id=variant_id,
        product_id=product_id,
        name=name or fields.text(row.get("name")),
        sku=fields.text(row.get("sku")),
        barcode=fields.text(row.get("global_unique_id")),
        price=_price(row),
        active=fields.text(row.get("status")) in ("publish", "private"),
        stock_id=variant_id if variant_id == product_id else f"{product_id}/{variant_id}",
        stock_tracked=row.get("manage_stock") is True,
        image_url=next(_images(row), ""),
    )


def _price(row: Mapping[str, Any]) -> Decimal | None:
    """Empty where none was entered. A price that somebody mistyped must not hide the rest of the catalogue."""
    try:
        return fields.number(row.get("price")) if fields.text(row.get("price")) else None
    except Unreadable:
        return None


def _images(row: Mapping[str, Any]) -> Iterator[str]:
    """A product has `images`, a variation one `image`, or null."""
    for image in (*fields.rows(row.get("images")), fields.record(row.get("image"))):
        if image.get("src"):
            yield fields.text(image["src"])
