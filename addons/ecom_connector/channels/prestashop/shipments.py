"""Telling PrestaShop that goods left.

    order_carriers    one record a parcel; the shop makes the first with the order, its tracking number is written there
    order_histories   a new entry with the state "shipped" once nothing is left to ship; the shop mails the buyer

Both recorded. A parcel is known again by its tracking number; one without a number leaves no trace but the state.
"""

from lxml import etree

from ..errors import Rejected
from ..records import Shipment
from . import fields, transitions
from .fields import Row

# What PrestaShop takes as a tracking number: its own rule `isTrackingNumber`, of its schema.
_TAKEN = frozenset("~:#,%&_=()[].? +-@/")
_STATE = "state"
# What means something in a filter.
_RESERVED = frozenset("[]|,%")


def send_shipment(client, shipment: Shipment) -> str:
    """Tell the parcel, or correct it; telling it again changes nothing. Returns the number of its record."""
    held = transitions.look_at(client, shipment.order_id)
    if held.is_over:
        raise Rejected(f"Order {shipment.order_id} is cancelled or not paid in the shop; it cannot be shipped there.")
    parcel = _tell(client, shipment, held.order)
    if shipment.order_complete and not held.is_shipped:
        transitions.move(client, shipment.order_id, transitions.shipped(client), mail=shipment.notify_buyer)
    return parcel


def find_shipment(client, shipment: Shipment) -> str | None:
    """The parcel's number if the shop has it as it is now, and has all that it should have brought about."""
    if shipment.order_complete and not transitions.look_at(client, shipment.order_id).is_shipped:
        return None
    row = _with_number(_parcels(client, shipment.order_id), shipment)
    if row is not None:
        return fields.identifier(row)
    return _STATE if not shipment.tracking_number and shipment.order_complete else None


def _parcels(client, order_id: str) -> list[Row]:
    return client.of("order_carriers", "id_order", [order_id], what=f"Looking at the parcels of order {order_id}")


def _with_number(rows: list[Row], shipment: Shipment) -> Row | None:
    return next(
        (
            row
            for row in rows
            if shipment.tracking_number
            and fields.text(row, "tracking_number") == _number(shipment)
            and shipment.external_id in ("", fields.identifier(row))
        ),
        None,
    )


def _number(shipment: Shipment) -> str:
    """Without the signs that the shop would refuse."""
    return "".join(sign for sign in shipment.tracking_number if sign.isascii() and (sign.isalnum() or sign in _TAKEN))


def _tell(client, shipment: Shipment, order: Row) -> str:
    if not shipment.tracking_number:
        return shipment.external_id or _STATE
    rows = _parcels(client, shipment.order_id)
    told = _with_number(rows, shipment)
    if told is not None:
        return fields.identifier(told)
    what = f"Reporting the parcel of order {shipment.order_id}"
    row, carrier = _to_fill(rows, shipment), _carrier(client, shipment)
    if row is None:
        another = _another(shipment, carrier or fields.identifier(order, "id_carrier"))
        answer = client.post("order_carriers", another, what=what)
    else:
        _fill(row, shipment, carrier)
        answer = client.put(f"order_carriers/{fields.identifier(row)}", row, what=what)
    return fields.identifier(fields.record(answer.body, "parcel"))


def _to_fill(rows: list[Row], shipment: Shipment) -> Row | None:
    """The parcel that is corrected, or the one that the shop made with the order and nobody has told yet."""
    for row in rows:
        if shipment.external_id:
            if fields.identifier(row) == shipment.external_id:
                return row
        elif not fields.text(row, "tracking_number"):
            return row
    return None


def _carrier(client, shipment: Shipment) -> str:
    """The shop's number of the carrier, by its name there; empty where it has none of that name."""
    if shipment.carrier.isascii() and shipment.carrier.isdigit():
        return shipment.carrier
    names = {name for name in (shipment.carrier, shipment.carrier_name) if name and not _RESERVED & set(name)}
    found = client.of("carriers", "name", names, what="Looking for the carrier")
    return next((fields.identifier(row) for row in found if fields.text(row, "deleted") in ("", "0")), "")


def _fill(row: Row, shipment: Shipment, carrier: str) -> None:
    fields.put(row, "tracking_number", _number(shipment))
    if carrier:
        fields.put(row, "id_carrier", carrier)


def _another(shipment: Shipment, carrier: str) -> Row:
    """A further parcel costs the buyer nothing more."""
    row = etree.Element("order_carrier")
    for name, value in {
        "id_order": shipment.order_id,
        "id_carrier": carrier,
        "weight": "0",
        "shipping_cost_tax_excl": "0",
        "shipping_cost_tax_incl": "0",
        "tracking_number": _number(shipment),
    }.items():
        etree.SubElement(row, name).text = value
    return row
