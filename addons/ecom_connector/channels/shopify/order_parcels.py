"""Parcels of an order, and which of them we told.

Shopify keeps nothing of ours with a parcel. So before one is told, what it will be is written into a metafield of the
order; a parcel with these very lines and this number is that one, also when the answer to telling it never came.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from ..records import Shipment, ShipmentLine
from . import fields, ids, order_state

NAMESPACE, KEY = "odoo_ecom", "parcels"


def read_parcels(row: Mapping[str, Any]) -> tuple[Shipment, ...]:
    """What left, each with its id there, and with our key where we told it."""
    parcels = order_state.parcels(row)
    ours = claimed(parcels, told(row))
    return tuple(_parcel(row, parcel, ours.get(str(parcel.get("id")), "")) for parcel in parcels)


def _parcel(row: Mapping[str, Any], parcel: Mapping[str, Any], key: str) -> Shipment:
    tracking = fields.rows(parcel.get("trackingInfo"))
    first = tracking[0] if tracking else {}
    return Shipment(
        key=key,
        order_id=ids.number(row.get("id")),
        external_id=ids.number(parcel.get("id")),
        lines=tuple(
            ShipmentLine(line_id=number, quantity=Decimal(count)) for number, count in contents(parcel).items() if count
        ),
        carrier=fields.text(first.get("company")),
        carrier_name=fields.text(first.get("company")),
        tracking_number=", ".join(numbers(parcel)),
        tracking_url=fields.text(first.get("url")),
        shipped_at=fields.moment(parcel.get("createdAt")),
        location_id=ids.number(fields.record(parcel.get("location")).get("id")),
    )


def contents(parcel: Mapping[str, Any]) -> dict[str, int]:
    """{line: units}."""
    found: dict[str, int] = {}
    for entry in fields.rows(parcel.get("fulfillmentLineItems")):
        line = ids.number(fields.record(entry.get("lineItem")).get("id"))
        found[line] = found.get(line, 0) + fields.count(entry.get("quantity"))
    return found


def numbers(parcel: Mapping[str, Any]) -> list[str]:
    return [
        fields.text(entry.get("number")) for entry in fields.rows(parcel.get("trackingInfo")) if entry.get("number")
    ]


# --------------------------------------------------------------------- memory
def told(row: Mapping[str, Any]) -> list[dict]:
    """[{key, number, lines: {line: units}}] of the parcels we meant to tell. What people did to it there is ignored."""
    try:
        kept = fields.load(b'{"told":' + fields.text(_value(row)).encode() + b"}").get("told") if _value(row) else []
        return [entry for entry in fields.rows(kept) if isinstance(entry.get("key"), str)]
    except (Unreadable, UnicodeError):
        return []


def _value(row: Mapping[str, Any]) -> Any:
    return fields.record(row.get("parcelsTold")).get("value")


def claimed(parcels: list[dict], memory: list[dict]) -> dict[str, str]:
    """{gid of the parcel: our key}. Of two alike the earlier one is the one told first."""
    found: dict[str, str] = {}
    for entry in memory:
        for parcel in parcels:
            if str(parcel.get("id")) not in found and _is(parcel, entry):
                found[str(parcel.get("id"))] = entry["key"]
                break
    return found


def _is(parcel: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    number = entry.get("number") or ""
    return contents(parcel) == entry.get("lines") and (number in numbers(parcel) if number else not numbers(parcel))
