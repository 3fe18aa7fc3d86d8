"""Sellable items of PrestaShop, read: products, and the combinations of those that have some.

A page of products is one call, their combinations and what these are made of one each. The next page begins behind the
last product's number, so that one deleted meanwhile makes us skip none.
"""

from collections.abc import Mapping, Sequence

from ..records import Page, Product
from . import fields, shop
from .fields import Row
from .order_lines import variant_id
from .product_changes import change_products  # noqa: F401 the rest of this noun

_FIELDS = "[id,name,reference,ean13,upc,price,active]"


def fetch_products(client, token: str = "") -> Page:
    what = "Fetching products"
    filters = {"id": f">[{token}]"} if token else {}
    limit = {"sort": "[id_ASC]", "limit": str(client.page_size)}
    rows = client.find("products", filters, what=what, **{**limit, "display": _FIELDS})
    combinations = client.of("combinations", "id_product", [fields.identifier(row) for row in rows], what=what)
    options = {fields.identifier(o) for row in combinations for o in fields.associated(row, "product_option_values")}
    values = client.known("product_option_values", options, what=what)
    names = {fields.identifier(value): fields.text(value, "name") for value in values}
    currency = shop.currency(client)
    items = [item for row in rows for item in _items(row, combinations, names, currency)]
    last = fields.identifier(rows[-1]) if len(rows) >= client.page_size else ""
    return Page(items=tuple(items), next=last)


def _items(row: Row, combinations: Sequence[Row], names: Mapping[str, str], currency: str) -> list[Product]:
    mine = [c for c in combinations if fields.identifier(c, "id_product") == fields.identifier(row)]
    return [_item(row, combination, names, currency) for combination in mine or [None]]


def _item(row: Row, combination: Row | None, names: Mapping[str, str], currency: str) -> Product:
    """A combination's price is what it costs more, or less, than its product."""
    product, own = fields.identifier(row), row if combination is None else combination
    price = fields.number(row, "price")
    name = fields.text(row, "name")
    if combination is not None:
        price += fields.number(combination, "price")
        values = (fields.identifier(value) for value in fields.associated(combination, "product_option_values"))
        name = f"{name} - {', '.join(filter(None, map(names.get, values)))}".removesuffix(" - ")
    return Product(
        variant_id=variant_id(product, fields.identifier(own) if combination is not None else ""),
        product_id=product,
        name=name,
        sku=fields.text(own, "reference") or fields.text(row, "reference"),
        barcode=_barcode(own),
        price=price,
        currency=currency,
        active=fields.truth(row, "active"),
    )


def _barcode(row: Row) -> str:
    found = fields.text(row, "ean13") or fields.text(row, "upc")
    return found if found.strip("0") else ""
