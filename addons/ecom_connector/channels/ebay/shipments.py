"""Telling eBay that goods left: one fulfilment a parcel, with the lines that are in it.

Its number there is the tracking number, or an arbitrary one without (contract), so a parcel is recognised by its
tracking number. Tracking numbers have letters and digits only. A fulfilment cannot be changed by this API.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from urllib.parse import quote

from .. import rows
from ..errors import Rejected
from ..records import Shipment
from .values import moment

_PATH = "/sell/fulfillment/v1/order"
# eBay's own codes (`ShippingCarrierEnum` of its Trading API has no closed list); ours without case, space and sign.
_CODES = {
    name.casefold().replace("_", ""): name
    for name in (
        *("UPS", "USPS", "FedEx", "DHL", "DHL_ECOMMERCE", "DPD", "GLS", "Hermes", "TNT", "OnTrac", "RoyalMail"),
        *("CanadaPost", "AustraliaPost", "LaPoste", "Chronopost", "Colissimo", "PostNL", "Correos", "DeutschePost"),
        *("PosteItaliane", "BRT", "SEUR", "MRW", "Parcelforce", "Yodel", "Evri", "Nacex", "Asendia", "Mondial_Relay"),
    )
}
_ODD = re.compile(r"[^A-Za-z0-9]")


def send_shipment(client, shipment: Shipment) -> str:
    """Telling the same parcel again changes nothing."""
    known = find_shipment(client, shipment)
    if known:
        return known
    if shipment.external_id:
        raise Rejected("eBay lets tracking numbers be corrected in Seller Hub only.")
    if not shipment.lines:
        raise Rejected("eBay wants to know what is in each parcel; one more box of the same goods cannot be told.")
    answer = client.post(_path(shipment), build_shipment(shipment), what=_what(shipment))
    location = (answer.headers.get("Location") or answer.headers.get("location") or "").rstrip("/")
    return location.rpartition("/")[2] or _number(shipment) or shipment.key


def find_shipment(client, shipment: Shipment) -> str | None:
    """The fulfilment with this tracking number; without one, with the very same lines."""
    for row in _fulfilments(client, shipment):
        number = _ODD.sub("", rows.text(row.get("shipmentTrackingNumber")))
        same = number == _number(shipment) if _number(shipment) else not number and _lines(row) == _wanted(shipment)
        if same:
            return rows.identifier(row.get("fulfillmentId")) or number
    return None


def build_shipment(shipment: Shipment) -> dict:
    payload = {
        "lineItems": [{"lineItemId": line.line_id, "quantity": int(line.quantity)} for line in shipment.lines],
        "shippedDate": moment(shipment.shipped_at or datetime.now(timezone.utc)),
    }
    number = _number(shipment)
    if number:
        payload["trackingNumber"], payload["shippingCarrierCode"] = number, carrier_code(shipment)
    return payload


def carrier_code(shipment: Shipment) -> str:
    """Of one that eBay has no code for, its name: buyers see it."""
    for name in (shipment.carrier, shipment.carrier_name):
        code = _CODES.get(_ODD.sub("", name).casefold())
        if code:
            return code
    return _ODD.sub("", shipment.carrier_name or shipment.carrier) or "Other"


def _number(shipment: Shipment) -> str:
    return _ODD.sub("", shipment.tracking_number)


def _path(shipment: Shipment) -> str:
    return f"{_PATH}/{quote(shipment.order_id, safe='')}/shipping_fulfillment"


def _what(shipment: Shipment) -> str:
    return f"Reporting the parcel of order {shipment.order_id}"


def _fulfilments(client, shipment: Shipment) -> Iterator[dict]:
    found = rows.load(client.get(_path(shipment), what=_what(shipment)).body)
    yield from rows.rows(found.get("fulfillments"))


def _lines(row: dict) -> set[tuple[str, int]]:
    lines = rows.rows(row.get("lineItems"))
    return {(rows.identifier(line.get("lineItemId")), rows.whole(line.get("quantity"))) for line in lines}


def _wanted(shipment: Shipment) -> set[tuple[str, int]]:
    return {(line.line_id, int(line.quantity)) for line in shipment.lines}
