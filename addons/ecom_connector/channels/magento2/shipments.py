"""Telling Magento that goods left: a shipment with its lines and tracking number, from the source they left.

Shipping through this call takes the units off the source and gives the order's reservation back (source); so stock
that is published afterwards is right. Our key stands in the shipment's comment, which only the seller's people see.
"""

from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import Shipment
from . import search

# Carriers that a bare Magento knows (source); any other is "custom" with its name as the title.
_CARRIERS = ("ups", "usps", "fedex", "dhl")
_OVER = {"canceled": "cancelled", "closed": "closed", "holded": "on hold"}


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing."""
    known = _known(client, shipment)
    if known is None and shipment.lines:
        return _make(client, shipment)
    if known is None:
        known = _last(client, shipment)
    _track(client, shipment, known)
    return rows.identifier(known.get("entity_id"))


def find_shipment(client, shipment: Shipment) -> str | None:
    """The shipment's number if the shop has it as it is now."""
    known = _known(client, shipment)
    if known is None or shipment.tracking_number not in ("", *_numbers(known)):
        return None
    return rows.identifier(known.get("entity_id"))


def comment(key: str) -> str:
    return f"Odoo {key}"


def _known(client, shipment: Shipment) -> dict | None:
    """By its number, or by our key in its comment, or, for one more box, by the box."""
    for row in _of_order(client, shipment.order_id):
        said = {rows.text(entry.get("comment")) for entry in rows.rows(row.get("comments"))}
        if rows.identifier(row.get("entity_id")) == shipment.external_id or comment(shipment.key) in said:
            return row
        if not shipment.lines and shipment.tracking_number and shipment.tracking_number in _numbers(row):
            return row
    return None


def _of_order(client, order_id: str) -> list[dict]:
    what = "Looking at the shipments of the order"
    return list(search.every(client, "/V1/shipments", [("order_id", "eq", order_id)], what=what))


def _make(client, shipment: Shipment) -> str:
    what = f"Reporting the parcel of order {shipment.order_id}"
    order = rows.load(client.get(f"/V1/orders/{shipment.order_id}", what=what).body)
    state = rows.text(order.get("state"))
    if state in _OVER:
        raise Rejected(f"Order {shipment.order_id} is {_OVER[state]} in the shop; it cannot be shipped there.")
    made = client.post(f"/V1/order/{shipment.order_id}/ship", build_shipment(shipment), what=what)
    return rows.identifier(rows.load_any(made.body))


def build_shipment(shipment: Shipment) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "items": [{"order_item_id": int(line.line_id), "qty": line.quantity} for line in shipment.lines],
        "notify": shipment.notify_buyer,
        "appendComment": False,
        "comment": {"comment": comment(shipment.key), "is_visible_on_front": 0},
    }
    if shipment.tracking_number:
        payload["tracks"] = [_carried(shipment)]
    if shipment.location_id:
        payload["arguments"] = {"extension_attributes": {"source_code": shipment.location_id}}
    return payload


def _carried(shipment: Shipment) -> dict[str, str]:
    code = next((word.lower() for word in (shipment.carrier, shipment.carrier_name) if word.lower() in _CARRIERS), "")
    title = shipment.carrier_name or shipment.carrier or "Carrier"
    return {"track_number": shipment.tracking_number, "title": title, "carrier_code": code or "custom"}


def _last(client, shipment: Shipment) -> dict:
    """One more box of what was told before is one more number on it."""
    found = _of_order(client, shipment.order_id)
    if not found:
        raise Rejected(f"Nothing of order {shipment.order_id} was shipped yet, so there is nothing to add a box to.")
    return found[-1]


def _numbers(row: dict) -> set[str]:
    return {rows.text(track.get("track_number")) for track in rows.rows(row.get("tracks"))}


def _track(client, shipment: Shipment, known: dict) -> None:
    """The number is added if it is not there. Of a parcel that is corrected the others go."""
    what = "Telling a tracking number"
    if not shipment.tracking_number:
        return
    for track in rows.rows(known.get("tracks")):
        if shipment.external_id and rows.text(track.get("track_number")) != shipment.tracking_number:
            client.call("DELETE", f"/V1/shipment/track/{rows.identifier(track.get('entity_id'))}", what=what)
    if shipment.tracking_number not in _numbers(known):
        entity = {
            **_carried(shipment),
            "order_id": int(shipment.order_id),
            "parent_id": int(rows.identifier(known.get("entity_id"))),
            "weight": 0,
            "qty": 0,
            "description": "",
        }
        client.post("/V1/shipment/track", {"entity": entity}, what=what)
