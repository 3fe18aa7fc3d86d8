"""Deliveries of BigCommerce's webhooks, signed by the rules of Standard Webhooks:

    webhook-id          the same when a delivery is repeated
    webhook-timestamp   seconds; a delivery that is much older, or from the future, is somebody's replay
    webhook-signature   "v1,<base64> v1,<base64>": HMAC-SHA256 over id.timestamp.body with the API account's secret

A body names things and no more ({"data": {"type", "id"}}): what it is about is fetched. `hash` is no signature.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Mapping

from .. import rows
from ..errors import BadSignature, Unreadable
from ..records import Event

TOLERANCE = 300


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    if not secret:
        raise BadSignature("No client secret is set for this store.")
    id, stamp = headers.get("webhook-id") or "", headers.get("webhook-timestamp") or ""
    claimed = (headers.get("webhook-signature") or "").split()
    if not (id and stamp and claimed):
        raise BadSignature("The delivery is not signed.")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise BadSignature("The delivery does not say when it was sent.")
    if abs(time.time() - int(stamp)) > TOLERANCE:
        raise BadSignature("The delivery is too old, or from the future.")
    signed = hmac.digest(secret.encode(), f"{id}.{stamp}.".encode() + body, "sha256")
    expected = b"v1," + b64encode(signed)
    # All are compared, so that time tells nothing.
    if not sum(hmac.compare_digest(expected, one.encode("utf-8", "replace")) for one in claimed):
        raise BadSignature("The signature of the delivery is wrong.")


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    return False


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    row = rows.load(body)
    scope, data = rows.text(row.get("scope")).split("/"), rows.record(row.get("data"))
    delivery_id = rows.identifier(headers.get("webhook-id")) or rows.identifier(row.get("hash"))
    if len(scope) < 3:
        raise Unreadable("The delivery does not say what it is about.")
    kind, id = scope[1], rows.identifier(data.get("id"))
    if kind == "order":
        # A refund's own number comes beside the order's, a message's inside of a record of its own.
        return Event(topic="orders", external_id=id, delivery_id=delivery_id)
    if kind == "shipment":
        return Event(topic="orders", external_id=rows.identifier(data.get("orderId")), delivery_id=delivery_id)
    if kind == "sku":
        inventory = rows.record(data.get("inventory")) or rows.record(data.get("sku"))
        variant = rows.identifier(inventory.get("variant_id"))
        topic = "stock" if "inventory" in scope else "products"
        return Event(topic=topic, external_id=variant, delivery_id=delivery_id)
    if kind == "product":
        return Event(topic="products", external_id=id, delivery_id=delivery_id)
    return Event(topic="other", external_id=id, delivery_id=delivery_id)
