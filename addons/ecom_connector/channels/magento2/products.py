"""Sellable items of Magento 2: simple, virtual, downloadable and bundled products, gift cards. A configurable or a
grouped product is only a frame around simple ones, which stand in the list by themselves.

Products are asked for by their SKU, orders name them by their number: `variant_id` is the number, `stock_id` the SKU.
"""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..records import Page, Product
from . import search
from .product_changes import change_products, make_product  # noqa: F401 the rest of this noun
from .shop import read_settings

FRAMES = ("configurable", "grouped")
_ENABLED = "1"
# Where merchants keep a barcode: Magento has no field of its own for it.
BARCODES = ("gtin", "ean", "ean13", "upc", "barcode", "gtin13", "gtin14")


def fetch_products(client, token: str = "") -> Page:
    found, following = search.pages(client, "/V1/products", token, "entity_id", what="Fetching products")
    settings = read_settings(client)
    items = (read_item(row, settings) for row in found if rows.text(row.get("type_id")) not in FRAMES)
    return Page(items=tuple(items), next=following)


def read_item(row: Mapping[str, Any], settings: list[dict]) -> Product:
    sku, first = rows.text(row.get("sku")), settings[0] if settings else {}
    said = {rows.text(a.get("attribute_code")): a.get("value") for a in rows.rows(row.get("custom_attributes"))}
    image = rows.text(said.get("image") if isinstance(said.get("image"), str) else "")
    media = rows.text(first.get("secure_base_media_url")) or rows.text(first.get("base_media_url"))
    return Product(
        variant_id=rows.identifier(row.get("id")),
        product_id=rows.identifier(row.get("id")),
        name=rows.text(row.get("name")),
        sku=sku,
        barcode=next((rows.text(said[name]) for name in BARCODES if isinstance(said.get(name), str)), ""),
        price=None if row.get("price") is None else rows.amount(row.get("price")),
        currency=rows.text(first.get("base_currency_code")),
        active=rows.text(row.get("status")) == _ENABLED,
        stock_id=sku,
        stock_tracked=rows.text(row.get("type_id")) != "bundle",
        image_url=f"{media}catalog/product{image}" if image and image != "no_selection" and media else "",
    )
