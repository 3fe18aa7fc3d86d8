"""Telling Shopify that goods left.

What is to be sent stands in fulfilment orders, each at one location. A parcel takes lines of one or several of them at
the same location; where the goods left from another one than Shopify planned, its part is moved there first. Each
parcel is one fulfilment with its own number, so an order that leaves in several parcels has several.
"""

import json
from collections.abc import Mapping
from typing import Any

from ..errors import Gone, Rejected
from ..records import Shipment
from . import answers, fields, ids, order_parcels, order_state, service_requests, whole
from .documents import fulfilment

_MAY = ("CREATE_FULFILLMENT",)
_OVER = ("CLOSED", "CANCELLED", "INCOMPLETE")
MEMORY = 100


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing."""
    if shipment.external_id:
        return _correct(client, shipment.external_id, [shipment.tracking_number], shipment)
    order = _order(client, shipment)
    if not shipment.lines:
        return _one_more_box(client, order, shipment)
    known = _found(order, shipment)
    if known:
        return known
    if order.get("cancelledAt"):
        raise Rejected(f"Order {fields.text(order.get('name'))} is cancelled in the shop; it cannot be shipped there.")
    parts = _parts(client, order, shipment)
    _remember(client, order, shipment)
    asked = {
        "lineItemsByFulfillmentOrder": parts,
        "notifyCustomer": shipment.notify_buyer,
        "trackingInfo": build_tracking([shipment.tracking_number], shipment),
    }
    told = client.ask(fulfilment.CREATE_PARCEL, {"fulfillment": asked}, what=_what(shipment))
    made = answers.payload(told, "fulfillmentCreate", _what(shipment))
    return ids.number(fields.record(made.get("fulfillment")).get("id"))


def find_shipment(client, shipment: Shipment) -> str | None:
    """The fulfilment that is this parcel as it is now."""
    order = _order(client, shipment)
    if not shipment.lines:
        return next((_id(parcel) for parcel in _parcels(order) if shipment.tracking_number in _numbers(parcel)), None)
    if not shipment.external_id:
        return _found(order, shipment)
    same = (parcel for parcel in _parcels(order) if _id(parcel) == shipment.external_id)
    return next((_id(parcel) for parcel in same if _numbers(parcel) == [shipment.tracking_number]), None)


def build_tracking(numbers: list[str], shipment: Shipment) -> dict[str, Any]:
    """Shopify finds the address of a carrier it knows by its name; ours is given where we have one."""
    given = [number for number in numbers if number]
    tracking: dict[str, Any] = {}
    if shipment.carrier_name or shipment.carrier:
        tracking["company"] = shipment.carrier_name or shipment.carrier
    if given:
        tracking["numbers"] = given
    if shipment.tracking_url and len(given) == 1:
        tracking["urls"] = [shipment.tracking_url]
    return tracking


def _what(shipment: Shipment) -> str:
    return f"Reporting the parcel of order {shipment.order_id}"


def _order(client, shipment: Shipment) -> dict:
    """With all its fulfilment orders, their lines, and its parcels."""
    gid, what = ids.gid("Order", shipment.order_id), _what(shipment)
    order = fields.record(client.ask(fulfilment.TO_SHIP, {"id": gid}, what=what).get("order"))
    if not order:
        raise Gone(f"{what}: the shop does not have the order any more.")
    first = fields.record(order.get("fulfillmentOrders"))
    places, after = fields.rows(first), fields.following(first)
    if after:
        for page in client.pages(fulfilment.MORE_TO_SHIP, {"id": gid, "after": after}, what=what):
            places = places + fields.rows(page)
    for place in places:
        whole.fill(client, place, "lineItems", fulfilment.LINES_TO_SHIP, what)
    order = {**order, "fulfillmentOrders": places}
    parcels = whole.with_further_parcels(client, order, fields.rows(order.get("fulfillments")), what)
    return {**order, "fulfillments": parcels}


def _parcels(order: Mapping[str, Any]) -> list[dict]:
    return order_state.parcels(order)


def _id(parcel: Mapping[str, Any]) -> str:
    return ids.number(parcel.get("id"))


def _numbers(parcel: Mapping[str, Any]) -> list[str]:
    return order_parcels.numbers(parcel)


def _found(order: Mapping[str, Any], shipment: Shipment) -> str | None:
    keys = order_parcels.claimed(_parcels(order), order_parcels.told(order))
    return next((ids.number(gid) for gid, key in keys.items() if key == shipment.key), None)


# ------------------------------------------------------------------ what leaves
def _parts(client, order: Mapping[str, Any], shipment: Shipment) -> list[dict[str, Any]]:
    """The lines of the parcel as parts of fulfilment orders, all at one location. Rejected where they are not open."""
    wanted = {line.line_id: _whole(line.quantity) for line in shipment.lines if line.quantity}
    places = [
        service_requests.settled(client, place, shipment.location_id, _what(shipment))
        for place in order["fulfillmentOrders"]
        if fields.text(place.get("status")) not in _OVER
    ]
    held = [hold for place in places for hold in _holds(place, wanted)]
    free = [place for place in places if _may_ship(place)]
    # What lies at the location it left from comes first, so that little has to be moved.
    free.sort(key=lambda place: _location(place) != shipment.location_id)
    chosen = _chosen(free, wanted)
    if any(wanted.values()):
        reason = f" It is on hold: {'; '.join(held)}." if held else ""
        raise Rejected(f"{_what(shipment)}: less of it is open to be shipped there than has left here.{reason}")
    target = shipment.location_id or (_location(chosen[0][0]) if chosen else "")
    return [
        part if _location(place) == target else _moved(client, place, part, target, shipment) for place, part in chosen
    ]


def _chosen(places: list[dict], wanted: dict[str, int]) -> list[tuple[dict, dict[str, Any]]]:
    """[(fulfilment order, what of it leaves)]; what was found is taken off `wanted`."""
    chosen = []
    for place in places:
        lines = []
        for row in fields.rows(place.get("lineItems")):
            line = ids.number(fields.record(row.get("lineItem")).get("id"))
            units = min(wanted.get(line, 0), fields.count(row.get("remainingQuantity")))
            if units > 0:
                wanted[line] -= units
                lines.append({"id": row["id"], "quantity": units})
        if lines:
            chosen.append((place, {"fulfillmentOrderId": place["id"], "fulfillmentOrderLineItems": lines}))
    return chosen


def _may_ship(place: Mapping[str, Any]) -> bool:
    """Open to us: not held, not handed to somebody else. What a fulfilment service has accepted it reports itself."""
    actions = [fields.text(row.get("action")) for row in fields.rows(place.get("supportedActions"))]
    return any(action in _MAY for action in actions)


def _holds(place: Mapping[str, Any], wanted: Mapping[str, int]) -> list[str]:
    lines = {ids.number(fields.record(row.get("lineItem")).get("id")) for row in fields.rows(place.get("lineItems"))}
    if not lines & set(wanted):
        return []
    return [fields.text(hold.get("displayReason")) for hold in fields.rows(place.get("fulfillmentHolds"))]


def _location(place: Mapping[str, Any]) -> str:
    return ids.number(fields.record(fields.record(place.get("assignedLocation")).get("location")).get("id"))


def _moved(client, place: Mapping[str, Any], part: dict, target: str, shipment: Shipment) -> dict[str, Any]:
    """Move that part to where it left from. Shopify makes a fulfilment order of its own of it, with new ids."""
    what = f"Moving a part of order {shipment.order_id} to where it left from"
    asked = {
        "id": place["id"],
        "location": ids.gid("Location", target),
        "lines": part["fulfillmentOrderLineItems"],
    }
    told = answers.payload(client.ask(fulfilment.MOVE, asked, what=what), "fulfillmentOrderMove", what)
    moved = fields.record(told.get("movedFulfillmentOrder"))
    lines = {row["id"]: fields.record(row.get("lineItem")).get("id") for row in fields.rows(place.get("lineItems"))}
    units = {lines[entry["id"]]: entry["quantity"] for entry in part["fulfillmentOrderLineItems"]}
    return {
        "fulfillmentOrderId": moved.get("id"),
        "fulfillmentOrderLineItems": [
            {"id": row["id"], "quantity": units[fields.record(row.get("lineItem")).get("id")]}
            for row in fields.rows(moved.get("lineItems"))
            if fields.record(row.get("lineItem")).get("id") in units
        ],
    }


def _whole(quantity) -> int:
    if quantity != int(quantity):
        raise Rejected(f"Shopify counts whole units; {quantity} cannot be reported.")
    return int(quantity)


# --------------------------------------------------------------- told and known
def _remember(client, order: Mapping[str, Any], shipment: Shipment) -> None:
    """Before it is told: see order_parcels."""
    memory = [entry for entry in order_parcels.told(order) if entry["key"] != shipment.key]
    lines = {line.line_id: _whole(line.quantity) for line in shipment.lines if line.quantity}
    memory.append({"key": shipment.key, "number": shipment.tracking_number, "lines": lines})
    asked = {
        "ownerId": order["id"],
        "namespace": order_parcels.NAMESPACE,
        "key": order_parcels.KEY,
        "type": "json",
        "value": json.dumps(memory[-MEMORY:], separators=(",", ":"), sort_keys=True),
    }
    told = client.ask(fulfilment.REMEMBER_PARCELS, {"metafields": [asked]}, what=_what(shipment))
    answers.payload(told, "metafieldsSet", _what(shipment))


def _one_more_box(client, order: Mapping[str, Any], shipment: Shipment) -> str:
    """Another number on the parcel told last; telling it again adds none."""
    if not _parcels(order):
        raise Rejected(f"{_what(shipment)}: nothing of the order was reported yet that this box could be a part of.")
    last = max(_parcels(order), key=lambda parcel: int(_id(parcel)))
    numbers = _numbers(last)
    if shipment.tracking_number in ("", *numbers):
        return _id(last)
    return _correct(client, _id(last), [*numbers, shipment.tracking_number], shipment)


def _correct(client, external_id: str, numbers: list[str], shipment: Shipment) -> str:
    asked = {
        "id": ids.gid("Fulfillment", external_id),
        "tracking": build_tracking(numbers, shipment),
        "notify": shipment.notify_buyer,
    }
    told = client.ask(fulfilment.CORRECT_PARCEL, asked, what=_what(shipment))
    answers.payload(told, "fulfillmentTrackingInfoUpdate", _what(shipment))
    return external_id
