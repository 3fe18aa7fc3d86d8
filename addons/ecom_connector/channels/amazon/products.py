"""Listings of Amazon, read. One whose stock lies in Amazon's own warehouses is not ours to count."""

from collections.abc import Mapping
from typing import Any

from ..records import Page, Product
from . import listings, values

_ON_SALE = "BUYABLE"


def fetch_products(client, token: str = "") -> Page:
    rows, following = listings.page(client, token)
    return Page(items=tuple(_item(row) for row in rows if values.identifier(row.get("sku"))), next=following)


def _item(row: Mapping[str, Any]) -> Product:
    sku, said = values.identifier(row.get("sku")), listings.summary(row)
    channels = listings.availability(row)
    price, currency = listings.offer(row)
    return Product(
        variant_id=sku,
        product_id=values.text(said.get("asin")) or sku,
        name=values.text(said.get("itemName")),
        sku=sku,
        price=price,
        currency=currency,
        active=_ON_SALE in values.texts(said.get("status")),
        stock_tracked=listings.OWN in channels or not channels,
        image_url=values.text(values.record(said.get("mainImage")).get("link")),
    )
