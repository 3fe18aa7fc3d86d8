"""Sellable items of WooCommerce, read: simple products, and the variations of variable ones.

Variations do not stand in the list of products (`type` knows no such value, specs), they are asked for parent by
parent. One call of the shop a page; the token carries the parents still to ask.
"""

import json
from collections.abc import Mapping
from typing import Any

from ..records import Page
from . import fields, paging
from .items import item_id, read_item
from .product_changes import change_products, make_product  # noqa: F401 the rest of this noun

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
            parents.append([item_id(row), fields.text(row.get("name"))[:80]])
        elif fields.text(row.get("type")) not in _NOT_SOLD:
            products.append(read_item(row))
    page = place["page"] + 1 if paging.has_more(answer, place["page"]) else 0
    return Page(items=tuple(products), next=_token(page, parents, 1))


def _variations(client, place: Mapping[str, Any]) -> Page:
    (parent, parent_name), *others = place["parents"]
    params = {"per_page": client.page_size, "page": place["at"], "orderby": "id", "order": "asc"}
    answer = client.get(f"products/{parent}/variations", params, what=f"Fetching the variations of {parent_name}")
    products = tuple(
        read_item(row, parent, _variation_name(row, parent_name)) for row, _body in fields.slices(answer.body)
    )
    if paging.has_more(answer, place["at"]):
        return Page(items=products, next=_token(place["page"], place["parents"], place["at"] + 1))
    return Page(items=products, next=_token(place["page"], others, 1))


def _token(page: int, parents: list, at: int) -> str:
    """`page` 0: the list of products itself is done."""
    if not parents and not page:
        return ""
    return json.dumps({"page": page, "parents": parents, "at": at})


def _is_parent(row: Mapping[str, Any]) -> bool:
    """By its variations rather than its type: subscription plug-ins add variable types of their own."""
    return fields.text(row.get("type")) == "variable" or bool(row.get("variations"))


def _variation_name(row: Mapping[str, Any], parent_name: str) -> str:
    """Deliveries name a variation in full ("Shirt - Blue, S", recorded), lists perhaps only by its options."""
    options = ", ".join(fields.text(option.get("option")) for option in fields.rows(row.get("attributes")))
    name = fields.text(row.get("name")) or options
    return name if name.startswith(parent_name) else f"{parent_name} - {name}".removesuffix(" - ")
