"""Telling Walmart that goods left: line by line, how many units, with carrier and tracking number.

A parcel is known by its tracking number, which is a must. An order that was not acknowledged is, first: Walmart refuses
the shipment else.
"""

from datetime import datetime, timezone
from typing import Any

from .. import rows
from ..errors import Rejected
from ..records import Shipment
from . import order_answers, order_lines, orders

# Walmart's own list of carriers (contract); any other is named, with a link to follow the parcel.
_CARRIERS = {
    name.casefold().replace(" ", ""): name
    for name in (
        *("UPS", "USPS", "FedEx", "Airborne", "OnTrac", "DHL", "DHL Ecommerce - US", "LS", "UDS", "UPSMI", "FDX"),
        *("FEDEXSP", "China Post", "YunExpress", "Sendle", "Landmark Global", "GLS", "OSM Worldwide", "India Post"),
        *("SF Express", "Royal Mail", "Canada Post", "Japan Post", "Correos de Mexico", "Deutsche Post", "Asendia"),
        *("PostNord Sweden", "Better Trucks", "LSO", "AxleHire", "Estes Express", "XPO Logistics", "Yanwen", "4PX"),
    )
}
_METHODS = ("Standard", "Express", "OneDay", "Freight", "WhiteGlove", "Value")


def send_shipment(client, shipment: Shipment) -> str:
    if not shipment.tracking_number:
        raise Rejected("Walmart wants a tracking number with every parcel.")
    what = f"Reporting the parcel of order {shipment.order_id}"
    order = order_answers.read(client, shipment.order_id, what)
    known = {parcel.tracking_number: parcel for parcel in order_lines.read_parcels(shipment.order_id, order)}
    if shipment.tracking_number in known:
        return shipment.tracking_number
    lines = shipment.lines or (known[shipment.external_id].lines if shipment.external_id in known else ())
    if not lines:
        raise Rejected("Walmart wants to know what is in each parcel; one more box of the same goods cannot be told.")
    if orders.is_new(order):
        order_answers.acknowledge_order(client, shipment.order_id)
    payload = build_shipment(shipment, lines, rows.text(rows.record(order.get("shippingInfo")).get("methodCode")))
    client.post(order_answers.path(shipment.order_id, "shipping"), payload, what=what)
    return shipment.tracking_number


def find_shipment(client, shipment: Shipment) -> str | None:
    what = f"Looking at the parcels of order {shipment.order_id}"
    order = order_answers.read(client, shipment.order_id, what)
    numbers = {parcel.tracking_number for parcel in order_lines.read_parcels(shipment.order_id, order)}
    return shipment.tracking_number if shipment.tracking_number in numbers else None


def build_shipment(shipment: Shipment, lines, method: str) -> dict[str, Any]:
    shipped_at = shipment.shipped_at or datetime.now(timezone.utc)
    tracking: dict[str, Any] = {
        "shipDateTime": int(shipped_at.timestamp() * 1000),
        "carrierName": _carrier(shipment),
        "methodCode": method if method in _METHODS else "Standard",
        "trackingNumber": shipment.tracking_number,
    }
    if shipment.tracking_url:
        tracking["trackingURL"] = shipment.tracking_url
    told = []
    for line in lines:
        status: dict[str, Any] = {
            "status": "Shipped",
            "statusQuantity": {"unitOfMeasurement": "EACH", "amount": str(int(line.quantity))},
            "trackingInfo": tracking,
        }
        if shipment.external_id:
            status["currentTrackingInfo"] = {"trackingNumber": shipment.external_id}
        told.append(
            {
                "lineNumber": line.line_id,
                "sellerOrderId": shipment.order_id,
                "orderLineStatuses": {"orderLineStatus": [status]},
            }
        )
    return {"orderShipment": {"orderLines": {"orderLine": told}}}


def _carrier(shipment: Shipment) -> dict[str, str]:
    for name in (shipment.carrier, shipment.carrier_name):
        known = _CARRIERS.get(name.casefold().replace(" ", ""))
        if known:
            return {"carrier": known}
    name = shipment.carrier_name or shipment.carrier or "Other"
    if not shipment.tracking_url:
        raise Rejected(
            f"Walmart does not know the carrier {name}. Give it a tracking link, and its parcels can be told."
        )
    return {"otherCarrier": name}
