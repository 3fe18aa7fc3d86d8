"""Items of Magento 1, written: only what is ours to say goes over the wire."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import Rejected
from ..records import ItemChange, ItemResult

_ON, _OFF = "1", "2"


def change_products(client, changes: Sequence[ItemChange]) -> list[ItemResult]:
    """Write what is given; the same change twice is the same as once. An SKU cannot be changed over SOAP, and a barcode
    has no field there."""
    return [
        ItemResult(
            variant_id=change.variant_id, problem=update(client, change.variant_id, change.stock_id, _row(change))
        )
        for change in changes
    ]


def update(client, number: str, sku: str, values: Mapping[str, Any]) -> str:
    """Why the shop did not take it; empty where it did. By SKU where it is known, as a number may be another's SKU."""
    if not values:
        return ""
    try:
        client.call(
            "catalogProductUpdate", sku or number, values, None, "sku" if sku else "id", what="Updating a product"
        )
    except Rejected as error:
        return str(error)
    return ""


def _row(change: ItemChange) -> dict[str, str]:
    values: Mapping[str, Any] = {
        "name": change.name,
        "description": change.description,
        "status": None if change.active is None else (_ON if change.active else _OFF),
        "price": None if change.price is None else format(change.price, "f"),
    }
    return {name: value for name, value in values.items() if value is not None}
