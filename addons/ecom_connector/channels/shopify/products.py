"""Sellable items of Shopify, read: every product has variants, and a variant is what is sold."""

from collections.abc import Mapping
from typing import Any

from ..records import Page, Product
from . import bulk, fields, ids
from .documents import bulk as documents
from .documents import goods
from .product_changes import change_products  # noqa: F401 the rest of this noun
from .product_making import make_product  # noqa: F401

# Shopify's name of the only variant of a product that has no options.
_ONLY = "Default Title"
_WHAT = "Fetching products"


def fetch_products(client, token: str = "") -> Page:
    """Archived and draft products come as well: orders of yesterday cite them. A large catalogue comes as a file."""
    if not token and _is_large(client):
        token = bulk.begin(client, documents.BULK_VARIANTS, _WHAT)
        if token:
            return Page(next=token, wait=bulk.WAIT_SECONDS)
    if bulk.is_token(token):
        return _from_file(client, token)
    after = None if token == bulk.PAGES else token or None
    told = client.ask(goods.VARIANTS, {"after": after}, what=_WHAT)
    currency = fields.text(fields.record(told.get("shop")).get("currencyCode"))
    page = fields.record(told.get("productVariants"))
    items = tuple(read_variant(row, currency) for row in fields.rows(page))
    return Page(items=items, next=fields.following(page))


def _is_large(client) -> bool:
    told = client.ask(documents.VARIANTS_COUNT, {}, what=_WHAT)
    return fields.count(fields.record(told.get("productVariantsCount")).get("count")) > client.large_catalogue


def _from_file(client, token: str) -> Page:
    part = bulk.read(client, token, _WHAT)
    told = client.ask(documents.SHOP_CURRENCY, {}, what=_WHAT) if part.rows else {}
    currency = fields.text(fields.record(told.get("shop")).get("currencyCode"))
    return Page(items=tuple(read_variant(row, currency) for row in part.rows), next=part.next, wait=part.wait)


def read_variant(row: Mapping[str, Any], currency: str) -> Product:
    product, item = fields.record(row.get("product")), fields.record(row.get("inventoryItem"))
    title, variant = fields.text(product.get("title")), fields.text(row.get("title"))
    return Product(
        variant_id=ids.number(row.get("id")),
        product_id=ids.number(product.get("id")),
        name=title if variant in ("", _ONLY) else f"{title} - {variant}",
        sku=fields.text(row.get("sku")),
        barcode=fields.text(row.get("barcode")),
        price=fields.amount(row["price"]) if row.get("price") is not None else None,
        currency=currency,
        active=fields.text(product.get("status")) in ("ACTIVE", "UNLISTED"),
        stock_id=ids.number(item.get("id")),
        stock_tracked=item.get("tracked") is True,
        image_url=_image(row) or _image({"media": [product.get("featuredMedia") or {}]}),
    )


def _image(row: Mapping[str, Any]) -> str:
    for media in fields.rows(row.get("media")):
        url = fields.text(fields.record(fields.record(media.get("preview")).get("image")).get("url"))
        if url:
            return url
    return ""
