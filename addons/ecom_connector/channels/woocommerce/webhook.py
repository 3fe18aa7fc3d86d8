"""Deliveries of WooCommerce's webhooks.

    X-WC-Webhook-Signature    base64 of HMAC-SHA256 over the raw body
    X-WC-Webhook-Topic        order.updated, product.deleted, action.woocommerce_order_refunded ...
    X-WC-Webhook-Delivery-ID  one per webhook and second: what happened to several things at once shares it

On creation of a webhook WooCommerce posts `webhook_id=N` as a form, without a signature (all recorded). A webhook
that was not answered with a 2xx five times in a row switches itself off silently: the shop must be asked as well.
"""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Mapping

from ..errors import BadSignature, Unreadable
from ..records import Event
from . import fields, versions

_PING = re.compile(rb"webhook_id=[1-9][0-9]{0,18}")
_FORM = "application/x-www-form-urlencoded"
_ORDER_ACTIONS = ("woocommerce_order_", "woocommerce_payment_complete", "woocommerce_new_order")


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """Raise BadSignature unless the body was signed with the secret. No secret set: nothing is believed."""
    if not secret:
        raise BadSignature("No webhook secret is set for this shop.")
    claimed = headers.get("x-wc-webhook-signature") or ""
    if not claimed:
        raise BadSignature("The delivery is not signed.")
    expected = b64encode(hmac.digest(secret.encode(), body, "sha256"))
    if not hmac.compare_digest(expected, claimed.strip().encode("utf-8", "replace")):
        raise BadSignature("The signature of the delivery is wrong.")


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    """True for that one delivery only: it carries nothing, so answering 200 gives nothing away."""
    if headers.get("x-wc-webhook-signature") or headers.get("x-wc-webhook-topic"):
        return False
    kind = (headers.get("content-type") or "").split(";")[0].strip().lower()
    return kind == _FORM and _PING.fullmatch(body) is not None


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    """What a verified delivery is about."""
    resource, _dot, name = fields.text(headers.get("x-wc-webhook-topic")).partition(".")
    delivery_id = _delivery(headers, body)
    row = fields.load_row(body)
    if resource == "action":
        # {"action": ..., "arg": id of the order} and nothing else (recorded): fetch it.
        about_order = name.startswith(_ORDER_ACTIONS)
        topic = "orders" if about_order else "other"
        return Event(topic=topic, external_id=fields.identifier(row.get("arg")), delivery_id=delivery_id)
    external_id = fields.identifier(row.get("id"))
    if not external_id:
        raise Unreadable("The delivery does not say what it is about.")
    topic = {"order": "orders", "product": "products"}.get(resource, "other")
    version = _version(topic, row)
    return Event(topic=topic, external_id=external_id, version=version, delivery_id=delivery_id, complete=bool(version))


def _delivery(headers: Mapping[str, str], body: bytes) -> str:
    """The shop's id of the delivery and what tells it from its siblings of the same second. A repetition is alike."""
    stated = fields.text(headers.get("x-wc-webhook-delivery-id"))
    return f"{stated}.{hashlib.sha256(body).hexdigest()[:16]}" if stated else ""


def _version(topic: str, row: Mapping) -> str:
    """Empty where the body is not the whole thing (`*.deleted` carries only the id, recorded) or makes no sense:
    the delivery is genuine and names something, so it must still lead to a fetch."""
    whole = "line_items" in row and "order_key" in row if topic == "orders" else "date_modified_gmt" in row
    if not whole:
        return ""
    try:
        return versions.of_order(row) if topic == "orders" else versions.stamp(row)
    except Unreadable:
        return ""
