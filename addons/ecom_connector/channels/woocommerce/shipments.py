"""Telling WooCommerce that goods left.

WooCommerce itself knows no parcels. What is done here, in one write of the order:

    status                        completed with the last parcel; WooCommerce then mails the buyer
    _wc_shipment_tracking_items   the list that Shipment Tracking and Advanced Shipment Tracking read and show; the
                                  names of its entries are those of public code that reads and writes it
    _tracking_number              all numbers, for whatever reads only that (recorded)
    _ecom_parcels                 the parcels we told, by key: how a repetition is recognised

The shop offers no way to change a list only if nobody else did; it is read right before it is written.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from ..errors import Rejected
from ..records import Shipment
from . import fields
from .order_state import SHIPPED

_LEDGER = "_ecom_parcels"
_TRACKING = "_wc_shipment_tracking_items"
_NUMBERS = "_tracking_number"
# What buyers see of a parcel; the day of shipping may be written in another way by the plug-in.
_SHOWN = ("tracking_number", "custom_tracking_provider", "custom_tracking_link")
_OVER = {"cancelled": "cancelled", "refunded": "refunded", "failed": "not paid", "trash": "in the bin"}


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing. Returns the id the order keeps it under."""
    order, parcel = _order(client, shipment), parcel_id(shipment)
    status = fields.text(order.get("status"))
    if status in _OVER:
        raise Rejected(f"Order {shipment.order_id} is {_OVER[status]} in the shop; it cannot be shipped there.")
    change: dict[str, Any] = {}
    meta = _meta(order, shipment, parcel)
    if meta:
        change["meta_data"] = meta
    if shipment.order_complete and status not in SHIPPED:
        change["status"] = "completed"
    if change:
        client.put(f"orders/{shipment.order_id}", change, what=f"Reporting the parcel of order {shipment.order_id}")
    return parcel


def find_shipment(client, shipment: Shipment) -> str | None:
    """The parcel's id if the order has it as it is now, and has all that it should have brought about."""
    order, parcel = _order(client, shipment), parcel_id(shipment)
    if shipment.order_complete and fields.text(order.get("status")) not in SHIPPED:
        return None
    return None if _meta(order, shipment, parcel) else parcel


def parcel_id(shipment: Shipment) -> str:
    """The plug-ins expect 32 hexadecimal digits; the same key must always give the same ones."""
    return shipment.external_id or hashlib.sha256(shipment.key.encode()).hexdigest()[:32]


def _order(client, shipment: Shipment) -> dict:
    what = f"Looking at order {shipment.order_id}"
    return fields.load_row(client.get(f"orders/{shipment.order_id}", what=what).body)


def _entry(order: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = [row for row in fields.rows(order.get("meta_data")) if row.get("key") == key]
    return found[-1] if found else {}


def _ledger(order: Mapping[str, Any]) -> list[str]:
    told = _entry(order, _LEDGER).get("value")
    return [entry for entry in told if isinstance(entry, str)] if isinstance(told, list) else []


def _meta(order: Mapping[str, Any], shipment: Shipment, parcel: str) -> list[dict[str, Any]]:
    """What is still to be written; nothing if the order has it all."""
    ledger = _ledger(order)
    new = parcel not in ledger
    meta = [_field(order, _LEDGER, [*ledger, parcel])] if new else []
    # A parcel told before whose entry somebody removed in the shop stays removed, unless it is being corrected.
    if shipment.tracking_number and (new or shipment.external_id):
        meta += _tracking(order, _item(shipment, parcel))
    return meta


def _tracking(order: Mapping[str, Any], item: dict[str, Any]) -> list[dict[str, Any]]:
    value = _entry(order, _TRACKING).get("value")
    items = fields.rows(value) if isinstance(value, list) else []
    before = next((held for held in items if held.get("tracking_id") == item["tracking_id"]), {})
    if all(before.get(name) == item[name] for name in _SHOWN):
        return []
    kept = [{**held, **item} if held is before else held for held in items]
    numbers = fields.text(_entry(order, _NUMBERS).get("value")).split(", ")
    numbers = [number for number in numbers if number and number != before.get("tracking_number")]
    return [
        _field(order, _TRACKING, kept if before else [*items, item]),
        _field(order, _NUMBERS, ", ".join(dict.fromkeys([*numbers, item["tracking_number"]]))),
    ]


def _field(order: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """With the number of the field where there is one: two fields may have the same name."""
    known = _entry(order, key).get("id")
    return {"id": known, "key": key, "value": value} if known else {"key": key, "value": value}


def _item(shipment: Shipment, parcel: str) -> dict[str, Any]:
    """As a carrier of our own naming, with its link: the plug-ins' lists of carriers differ and cannot be asked."""
    shipped_at = shipment.shipped_at or datetime.now(timezone.utc)
    return {
        "tracking_provider": "",
        "custom_tracking_provider": shipment.carrier_name or shipment.carrier,
        "custom_tracking_link": shipment.tracking_url,
        "tracking_number": shipment.tracking_number,
        "date_shipped": int(shipped_at.timestamp()),
        "tracking_id": parcel,
    }
