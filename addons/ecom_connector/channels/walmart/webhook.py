"""Deliveries of Walmart's notifications, signed with a secret of ours (contract, `authMethod` HMAC):

x-odoo-signature   HMAC-SHA256 of the raw body; whether in hexadecimal or in base64 is stated nowhere: both are taken
body               {"source": {"eventType", "eventId", ...}, "payload": {...}}
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping

from .. import rows
from ..errors import BadSignature, Unreadable
from ..records import Event

HEADER = "x-odoo-signature"
_ORDERS = ("PO_", "ORDER_")


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    if not secret:
        raise BadSignature("No notification secret is set for this account.")
    claimed = (headers.get(HEADER) or "").strip()
    if not claimed:
        raise BadSignature("The delivery is not signed.")
    digest = hmac.digest(secret.encode(), body, "sha256")
    given = claimed.encode("utf-8", "replace")
    fits = hmac.compare_digest(digest.hex().encode(), given.lower()), hmac.compare_digest(b64encode(digest), given)
    if not any(fits):
        raise BadSignature("The signature of the delivery is wrong.")


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    return False


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    row = rows.load(body)
    source, payload = rows.record(row.get("source")), rows.record(row.get("payload"))
    kind, delivery_id = rows.text(source.get("eventType")), rows.identifier(source.get("eventId"))
    if not kind:
        raise Unreadable("The delivery does not say what it is about.")
    if kind.startswith(_ORDERS):
        order = rows.record(payload.get("order")) or payload
        number = rows.identifier(order.get("purchaseOrderId")) or rows.identifier(order.get("purchaseOrderID"))
        return Event(topic="orders", external_id=number, delivery_id=delivery_id)
    if kind.startswith("INVENTORY_"):
        return Event(topic="stock", external_id=rows.identifier(payload.get("sku")), delivery_id=delivery_id)
    return Event(topic="other", external_id=rows.identifier(payload.get("sku")), delivery_id=delivery_id)
