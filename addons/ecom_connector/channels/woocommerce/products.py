"""Sellable items of WooCommerce: simple products, and the variations of variable ones.

Variations do not stand in the list of products (`type` knows no such value, specs), they are asked for parent by
parent. One call of the shop a page; the token carries the parents still to ask.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from ..records import Page, Product
from . import fields

# Sold elsewhere, or only a frame around others.
_NOT_SOLD = ("external", "grouped")


def fetch_products(client, token: str = "") -> Page:
    place = json.loads(token) if token else {"page": 1, "parents": [], "at": 1}
    if place["parents"]:
        return _variations(client, place)
    params = {"per_page": client.page_size, "page": place["page"], "orderby": "id", "order": "asc"}
    answer = client.get("products", params, what="Fetching products")
    products, parents = [], []
    for row, _body in fields.slices(answer.body):
        if _is_parent(row):
            parents.append([_id(row), fields.text(row.get("name"))[:80]])
        elif fields.text(row.get("type")) not in _NOT_SOLD:
            products.append(_product(row, _id(row), fields.text(row.get("name"))))
    page = place["page"] + 1 if _has_more(answer, place["page"]) else 0
    return Page(items=tuple(products), next=_token(page, parents, 1))


def _variations(client, place: Mapping[str, Any]) -> Page:
    (parent, parent_name), *others = place["parents"]
    params = {"per_page": client.page_size, "page": place["at"], "orderby": "id", "order": "asc"}
    answer = client.get(f"products/{parent}/variations", params, what=f"Fetching the variations of {parent_name}")
    products = tuple(
        _product(row, parent, _variation_name(row, parent_name)) for row, _body in fields.slices(answer.body)
    )
    if _has_more(answer, place["at"]):
        return Page(items=products, next=_token(place["page"], place["parents"], place["at"] + 1))
    return Page(items=products, next=_token(place["page"], others, 1))


def _token(page: int, parents: list, at: int) -> str:
    """`page` 0: the list of products itself is done."""
    if not parents and not page:
        return ""
    return json.dumps({"page": page, "parents": parents, "at": at})


def _has_more(answer, page: int) -> bool:
    pages = answer.headers.get("X-WP-TotalPages", "")
    return pages.isascii() and pages.isdigit() and page < int(pages)


def _is_parent(row: Mapping[str, Any]) -> bool:
    """By its variations rather than its type: subscription plug-ins add variable types of their own."""
    return fields.text(row.get("type")) == "variable" or bool(row.get("variations"))


def _id(row: Mapping[str, Any]) -> str:
    found = fields.identifier(row.get("id"))
    if not found:
        raise Unreadable("The shop sent a product without a number.")
    return found


def _product(row: Mapping[str, Any], product_id: str, name: str) -> Product:
    variant_id = _id(row)
    return Product(
        variant_id=variant_id,
        product_id=product_id,
        name=name,
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


def _variation_name(row: Mapping[str, Any], parent_name: str) -> str:
    """Deliveries name a variation in full ("Shirt - Blue, S", recorded), lists perhaps only by its options."""
    options = ", ".join(fields.text(option.get("option")) for option in fields.rows(row.get("attributes")))
    name = fields.text(row.get("name")) or options
    return name if name.startswith(parent_name) else f"{parent_name} - {name}".removesuffix(" - ")


def _images(row: Mapping[str, Any]) -> Iterator[str]:
    """A product has `images`, a variation one `image`, or null."""
    for image in (*fields.rows(row.get("images")), fields.record(row.get("image"))):
        if image.get("src"):
            yield fields.text(image["src"])
