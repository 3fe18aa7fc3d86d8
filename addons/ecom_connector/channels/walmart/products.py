"""Items of Walmart, read. They are made and described in Seller Center, or by feeds of their own."""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import Page, Product

_AT_ONCE = 50


def fetch_products(client, token: str = "") -> Page:
    """Page by page; `*` asks for the first one in the order in which all can be read (guide)."""
    params = {"limit": _AT_ONCE, "nextCursor": token or "*"}
    found = rows.load(client.get("/v3/items", params, what="Fetching items").body)
    items = rows.rows(found.get("ItemResponse"))
    held = tuple(_item(row) for row in items if rows.identifier(row.get("sku")))
    return Page(items=held, next=rows.text(found.get("nextCursor")) if items else "")


def _item(row: Mapping[str, Any]) -> Product:
    sku, price = rows.identifier(row.get("sku")), rows.record(row.get("price"))
    return Product(
        variant_id=sku,
        product_id=rows.identifier(row.get("variantGroupId")) or sku,
        name=rows.text(row.get("productName")),
        sku=sku,
        barcode=rows.text(row.get("gtin")) or rows.text(row.get("upc")),
        price=None if price.get("amount") is None else rows.amount(price["amount"]),
        currency=rows.text(price.get("currency")),
        active=rows.text(row.get("publishedStatus")) == "PUBLISHED",
    )
