"""Sellable items of Magento 1, read: what is bought in the end, so the products behind a configurable one, not itself.

The list has no pages, and no prices (recorded). It is asked for a range of numbers at a time, named one by one: of two
conditions on one field only the first would count (recorded).
"""

from ..markup import Row, elements
from ..records import Page, Product
from . import fields
from .product_changes import change_products  # noqa: F401 the rest of this noun
from .windows import filtered

_AT_ONCE = 200
# A frame around others: never bought itself.
_FRAMES = ("configurable", "grouped")


def fetch_products(client, token: str = "") -> Page:
    begin = int(token or 1)
    numbers = ",".join(map(str, range(begin, begin + _AT_ONCE)))
    found, following = _list(client, "in", numbers), begin + _AT_ONCE
    if not found:  # a gap in the numbers, or the end of the catalogue
        beyond = _list(client, "gt", str(begin))
        following = min((_number(row) for row in beyond), default=0)
    items = tuple(_item(row) for row in found if fields.text(row, "type") not in _FRAMES)
    return Page(items=items, next=str(following) if following else "")


def _list(client, how: str, numbers: str) -> list[Row]:
    filters = filtered([("product_id", how, numbers)])
    return elements(client.call("catalogProductList", filters, None, what="Fetching products"))


def _number(row: Row) -> int:
    found = fields.identifier(row, "product_id")
    return int(found) if found.isascii() and found.isdigit() else 0


def _item(row: Row) -> Product:
    """Stock is told by SKU: a number is taken for the SKU of another product where one is called like that."""
    sku = fields.text(row, "sku")
    number = fields.identifier(row, "product_id")
    return Product(variant_id=number, product_id=number, name=fields.text(row, "name"), sku=sku, stock_id=sku)
