"""Parcels told to the shop. The shop keeps our key with each parcel, so it can be asked whether it has it."""

from decimal import Decimal

from ..errors import Rejected
from ..records import Shipment
from .client import Client
from .reading import expecting, word


def send_shipment(client: Client, shipment: Shipment) -> str:
    """The shop's id of the parcel with this key, new or known; a known one is corrected when its id is given.

    Rejected when it has more than the order needs.
    """
    parcel = build_parcel(shipment)
    return client.post("/parcels", parcel, what="Reporting a parcel", read=lambda told: word(told["id"]))


def find_shipment(client: Client, shipment: Shipment) -> str | None:
    """The shop's id of the parcel with our key, None where it has none."""
    told = client.get("/parcels", what="Looking for a parcel", key=shipment.key)
    with expecting("The shop's list of parcels"):
        return next((word(parcel["id"]) for parcel in told["parcels"] if parcel["key"] == shipment.key), None)


def build_parcel(shipment: Shipment) -> dict:
    """The parcel in the shop's format. Rejected where a unit is split: this shop sells whole ones."""
    return {
        "key": shipment.key,
        "id": shipment.external_id,
        "order_id": shipment.order_id,
        "lines": [{"line_id": line.line_id, "quantity": _whole(line.quantity)} for line in shipment.lines],
        "carrier": shipment.carrier,
        "carrier_name": shipment.carrier_name,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "location_id": shipment.location_id,
        "notify_buyer": shipment.notify_buyer,
        "shipped_at": shipment.shipped_at.isoformat() if shipment.shipped_at else "",
    }


def _whole(quantity: Decimal) -> int:
    if quantity != int(quantity):
        raise Rejected(f"The shop counts whole units; {quantity} cannot be reported.")
    return int(quantity)
