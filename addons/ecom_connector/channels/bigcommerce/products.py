"""Sellable items of BigCommerce: the variants of its products; one without options has one variant, its base.

`stock_id` says whether a name is the variant's alone: "20" the base of product 20, "20/21" one of its variants.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .. import rows
from ..records import Page, Product
from .product_changes import change_products, make_product  # noqa: F401 the rest of this noun
from .shop import read_settings

_AT_ONCE = 50


def fetch_products(client, token: str = "") -> Page:
    page = int(token or 1)
    params = {"include": "variants,primary_image", "sort": "id", "direction": "asc", "page": page, "limit": _AT_ONCE}
    found, pages = client.data("/catalog/products", params, what="Fetching products")
    currency = rows.text(read_settings(client).get("currency"))
    items = tuple(item for row in found for item in read_items(row, currency))
    return Page(items=items, next=str(page + 1) if found and page < pages else "")


def read_items(row: Mapping[str, Any], currency: str) -> Iterator[Product]:
    id, base = rows.identifier(row.get("id")), rows.identifier(row.get("base_variant_id"))
    image = rows.record(row.get("primary_image"))
    tracking = rows.text(row.get("inventory_tracking"))
    for variant in rows.rows(row.get("variants")):
        number = rows.identifier(variant.get("id"))
        options = ", ".join(rows.text(option.get("label")) for option in rows.rows(variant.get("option_values")))
        price = variant.get("price")
        price = row.get("price") if price is None else price
        name = rows.text(row.get("name"))
        yield Product(
            variant_id=number,
            product_id=id,
            name=f"{name} - {options}" if options else name,
            sku=rows.text(variant.get("sku")) or ("" if options else rows.text(row.get("sku"))),
            barcode=rows.text(variant.get("upc")) or rows.text(variant.get("gtin")) or _barcode(row, options),
            price=None if price is None else rows.amount(price),
            currency=currency,
            active=row.get("is_visible") is True and variant.get("purchasing_disabled") is not True,
            stock_id=id if number == base or not options else f"{id}/{number}",
            stock_tracked=tracking != "none",
            image_url=rows.text(variant.get("image_url")) or rows.text(image.get("url_standard")),
        )


def _barcode(row: Mapping[str, Any], options: str) -> str:
    return "" if options else rows.text(row.get("upc")) or rows.text(row.get("gtin"))
