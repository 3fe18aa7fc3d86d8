"""Telling Amazon that goods left: a confirmation of one package (orders v0, the only call for it).

A package is known by a number of ours, unique within its order: a positive number (model), made of our key. The same
number sent again corrects the package (research/connector.md), so telling it again changes nothing.
"""

import hashlib
from datetime import datetime, timezone

from ..errors import Rejected
from ..records import Shipment
from . import orders, values

# Amazon's own list of codes knows these by our usual names; any other goes as "Other" with its name.
_CARRIERS = {
    name.casefold().replace(" ", ""): name
    for name in (
        *("UPS", "USPS", "FedEx", "DHL", "DHL eCommerce", "DPD", "GLS", "Hermes", "TNT", "OnTrac", "Royal Mail"),
        *("Canada Post", "Australia Post", "La Poste", "Chronopost", "Colissimo", "PostNL", "bpost", "Correos"),
        *("Deutsche Post", "Poste Italiane", "SDA", "BRT", "SEUR", "MRW", "Yamato Transport", "Sagawa", "Japan Post"),
    )
}
_DIGITS = 9


def send_shipment(client, shipment: Shipment) -> str:
    if not shipment.tracking_number:
        raise Rejected("Amazon wants a tracking number with every package.")
    order = orders.parse_order(orders.fetch_order(client, shipment.order_id).body)
    if order.fulfilment == "elsewhere":
        raise Rejected(f"Amazon ships order {shipment.order_id} itself.")
    if order.status != "open":
        raise Rejected(f"Order {shipment.order_id} is cancelled or not paid on Amazon; it cannot be shipped there.")
    number = shipment.external_id or package_number(shipment.key)
    lines = shipment.lines or _told_before(order, shipment)
    path = f"/orders/v0/orders/{shipment.order_id}/shipmentConfirmation"
    payload = {"marketplaceId": order.site, "packageDetail": _package(shipment, number, lines)}
    client.post(path, payload, what=f"Reporting the parcel of order {shipment.order_id}")
    return number


def find_shipment(client, shipment: Shipment) -> str | None:
    """The package's number if Amazon shows it with this tracking number."""
    order = orders.parse_order(orders.fetch_order(client, shipment.order_id).body)
    number = shipment.external_id or package_number(shipment.key)
    for package in order.shipments:
        if package.external_id == number and package.tracking_number == shipment.tracking_number:
            return number
    return None


def package_number(key: str) -> str:
    """The same key always gives the same number, never 0."""
    return str(int(hashlib.sha256(key.encode()).hexdigest(), 16) % 10**_DIGITS + 1)


def _told_before(order, shipment: Shipment):
    """A package that is corrected keeps its lines. One more box of what was told before is none that Amazon knows."""
    for package in order.shipments:
        if shipment.external_id and package.external_id == shipment.external_id and package.lines:
            return package.lines
    raise Rejected("Amazon wants to know what is in each package; one more box of the same goods cannot be told.")


def _package(shipment: Shipment, number: str, lines) -> dict:
    shipped_at = shipment.shipped_at or datetime.now(timezone.utc)
    name = shipment.carrier_name or shipment.carrier
    code = _CARRIERS.get(shipment.carrier.casefold().replace(" ", "")) or _CARRIERS.get(
        name.casefold().replace(" ", "")
    )
    carrier = {"carrierCode": code} if code else {"carrierCode": "Other", "carrierName": name or "Other"}
    return {
        "packageReferenceId": number,
        **carrier,
        "trackingNumber": shipment.tracking_number,
        "shipDate": values.written(shipped_at),
        "orderItems": [{"orderItemId": line.line_id, "quantity": int(line.quantity)} for line in lines],
    }
