"""Telling Magento 1 that goods left: a shipment with its lines, then its tracking number (recorded).

Our key stands in the shipment's comment, which only the seller's people see: so a parcel is known again. A configurable
is shipped by its first line (recorded), which is the one that our order line names.
"""

from ..errors import Rejected
from ..markup import Row, elements
from ..records import Shipment
from . import fields
from .order_rows import fetch_row
from .windows import filtered

_OWN_CARRIER = "custom"
_OVER = {"canceled": "cancelled", "closed": "closed", "holded": "on hold"}


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing. Returns the number of the shipment."""
    order = fetch_row(client, shipment.order_id)
    held = _known(client, order, shipment)
    if held is None:
        state = fields.text(order, "state")
        if state in _OVER:
            raise Rejected(f"Order {shipment.order_id} is {_OVER[state]} in the shop; it cannot be shipped there.")
        held = _make(client, shipment) if shipment.lines else _last(client, order, shipment)
    _track(client, shipment, held)
    return fields.identifier(held, "increment_id")


def find_shipment(client, shipment: Shipment) -> str | None:
    """The shipment's number if the shop has it as it is now."""
    order = fetch_row(client, shipment.order_id)
    held = _known(client, order, shipment)
    if held is None or shipment.tracking_number not in ("", *_numbers(held)):
        return None
    return fields.identifier(held, "increment_id")


def comment(key: str) -> str:
    return f"Odoo {key}"


def _known(client, order: Row, shipment: Shipment) -> Row | None:
    """By its number, or by our key in its comment, or, for one more box, by the box."""
    if shipment.external_id:
        return _info(client, shipment.external_id)
    for number in _of_order(client, order):
        held = _info(client, number)
        if comment(shipment.key) in {fields.text(entry, "comment") for entry in fields.rows(held, "comments")}:
            return held
        if not shipment.lines and shipment.tracking_number in _numbers(held):
            return held
    return None


def _of_order(client, order: Row) -> list[str]:
    what = "Looking at the shipments of the order"
    found = client.call(
        "salesOrderShipmentList", filtered([("order_id", "eq", fields.identifier(order, "order_id"))]), what=what
    )
    return [fields.identifier(row, "increment_id") for row in elements(found)]


def _info(client, number: str) -> Row:
    return client.call("salesOrderShipmentInfo", number, what=f"Looking at shipment {number}")


def _make(client, shipment: Shipment) -> Row:
    items = [{"order_item_id": line.line_id, "qty": format(line.quantity, "f")} for line in shipment.lines]
    mail = int(shipment.notify_buyer)
    what = f"Reporting the parcel of order {shipment.order_id}"
    made = client.call("salesOrderShipmentCreate", shipment.order_id, items, comment(shipment.key), mail, 0, what=what)
    return _info(client, "".join(made.itertext()).strip())


def _last(client, order: Row, shipment: Shipment) -> Row:
    """One more box of what was told before is one more number on it."""
    numbers = _of_order(client, order)
    if not numbers:
        raise Rejected(f"Nothing of order {shipment.order_id} was shipped yet, so there is nothing to add a box to.")
    return _info(client, numbers[-1])


def _numbers(held: Row) -> set[str]:
    return {fields.text(track, "number") for track in fields.rows(held, "tracks")}


def _track(client, shipment: Shipment, held: Row) -> None:
    """The number is added if it is not there. Of a parcel that is corrected the others go."""
    number, what = fields.identifier(held, "increment_id"), "Telling a tracking number"
    if not shipment.tracking_number:
        return
    for track in fields.rows(held, "tracks"):
        if shipment.external_id and fields.text(track, "number") != shipment.tracking_number:
            client.call("salesOrderShipmentRemoveTrack", number, fields.identifier(track, "track_id"), what=what)
    if shipment.tracking_number not in _numbers(held):
        carrier, title = _carrier(client, shipment)
        client.call("salesOrderShipmentAddTrack", number, carrier, title, shipment.tracking_number, what=what)


def _carrier(client, shipment: Shipment) -> tuple[str, str]:
    """One of the shop's own list by its code or its name; else one of our naming."""
    listed = client.call("salesOrderShipmentGetCarriers", shipment.order_id, what="Reading the shop's carriers")
    known = {fields.text(row, "key"): fields.text(row, "value") for row in elements(listed)}
    wanted = {word.casefold() for word in (shipment.carrier, shipment.carrier_name) if word}
    code = next((code for code, name in known.items() if {code.casefold(), name.casefold()} & wanted), _OWN_CARRIER)
    return code, shipment.carrier_name or known.get(code) or shipment.carrier or code
