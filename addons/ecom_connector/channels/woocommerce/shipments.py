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
_OVER = {"cancelled": "cancelled", "refunded": "refunded", "failed": "not paid", "trash": "in the bin"}


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel; telling it again changes nothing. Returns the id under which the order keeps it."""
    order, parcel = _order(client, shipment), parcel_id(shipment)
    status = fields.text(order.get("status"))
    if status in _OVER:
        raise Rejected(f"Order {shipment.order_id} is {_OVER[status]} in the shop; it cannot be shipped there.")
    change: dict[str, Any] = {}
    if parcel not in _ledger(order):
        change["meta_data"] = _meta(order, shipment, parcel)
    if shipment.order_complete and status not in SHIPPED:
        change["status"] = "completed"
    if change:
        client.put(f"orders/{shipment.order_id}", change, what=f"Reporting the parcel of order {shipment.order_id}")
    return parcel


def find_shipment(client, shipment: Shipment) -> str | None:
    """The parcel's id if the order has it, and has all that it should have brought about."""
    order, parcel = _order(client, shipment), parcel_id(shipment)
    if shipment.order_complete and fields.text(order.get("status")) not in SHIPPED:
        return None
    return parcel if parcel in _ledger(order) else None


def parcel_id(shipment: Shipment) -> str:
    """The plug-ins expect 32 hexadecimal digits; the same key must always give the same ones."""
    return hashlib.sha256(shipment.key.encode()).hexdigest()[:32]


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
    meta = [_field(order, _LEDGER, [*_ledger(order), parcel])]
    if shipment.tracking_number:
        items = _entry(order, _TRACKING).get("value")
        items = list(items) if isinstance(items, list) else []
        meta.append(_field(order, _TRACKING, [*items, _item(shipment, parcel)]))
        known = fields.text(_entry(order, _NUMBERS).get("value"))
        meta.append(_field(order, _NUMBERS, ", ".join(filter(None, (known, shipment.tracking_number)))))
    return meta


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
