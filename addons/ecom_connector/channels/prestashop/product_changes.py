"""Items of PrestaShop, written: a record is always written whole, without the fields that the shop keeps for itself."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from ..errors import Rejected
from ..records import ItemChange, ItemResult
from . import fields
from .fields import Row


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """Write what is given; the same change twice is the same as once. A combination has no name of its own there."""
    return [
        ItemResult(variant_id=change.variant_id, problem=_problem(lambda change=change: _change(client, change)))
        for change in changes
    ]


def _change(client, change: ItemChange) -> None:
    product, _slash, combination = change.variant_id.partition("/")
    codes = {"reference": change.sku, "ean13": change.barcode}
    of_product = {
        "name": change.name if not combination else None,
        "description": change.description if not combination else None,
        "active": None if change.active is None or combination else str(int(change.active)),
    }
    if not combination:
        of_product |= codes
    elif any(value is not None for value in codes.values()):
        rewrite(client, "combinations", combination, codes)
    if any(value is not None for value in of_product.values()):
        rewrite(client, "products", product, of_product)
    if change.price is not None:
        set_price(client, change.variant_id, change.price)


def set_price(client, variant: str, amount: Decimal) -> Decimal:
    """What the item costs then, without tax."""
    product, _slash, combination = variant.partition("/")
    if not combination:
        return fields.number(rewrite(client, "products", product, {"price": format(amount, "f")}), "price")
    base = fields.number(_held(client, "products", product), "price")
    more = rewrite(client, "combinations", combination, {"price": format(amount - base, "f")})
    return base + fields.number(more, "price")


def rewrite(client, resource: str, number: str, values: dict[str, str | None]) -> Row:
    """The record with these fields changed, as the shop then shows it. What it will not have written is left out."""
    row = _held(client, resource, number)
    kept = _unwritable(client, resource)
    for field in fields.elements(row):
        if field.tag in kept:
            row.remove(field)
        elif values.get(field.tag) is not None:
            inner = fields.elements(field) or [field]
            for language in inner:
                language.text = values[field.tag]
    answer = client.put(f"{resource}/{number}", row, what="Updating products")
    return fields.record(answer.body, "product")


def _held(client, resource: str, number: str) -> Row:
    return fields.record(client.get(f"{resource}/{number}", what="Reading a product").body, "product")


def _unwritable(client, resource: str) -> set[str]:
    """What the shop's own schema says of each field; to write one of these is an error (recorded: code 93)."""
    schema = fields.record(
        client.get(resource, {"schema": "synopsis"}, what="Reading what can be written").body, "schema"
    )
    return {field.tag for field in fields.elements(schema) if "true" in (field.get("readOnly"), field.get("read_only"))}


def _problem(write: Callable[[], object]) -> str:
    try:
        write()
    except Rejected as error:
        return str(error)
    return ""
