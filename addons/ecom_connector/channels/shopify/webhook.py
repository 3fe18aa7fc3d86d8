"""Deliveries of Shopify's webhooks.

    X-Shopify-Hmac-Sha256   base64 of HMAC-SHA256 over the raw body, with the app's client secret
    X-Shopify-Topic         orders/updated, inventory_levels/update, customers/redact ...
    X-Shopify-Webhook-Id    one a delivery, the same when it is repeated
    X-Shopify-Event-Id      one an event, however many webhooks tell of it

After a secret was rotated Shopify may sign with the one before for an hour (documented), so two may hold. Nothing in a
delivery says when it was signed: what keeps an old one from being played again is that its id is known already.
Newer deliveries name the headers without the `X-`.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from ..errors import BadSignature, Unreadable
from ..records import Event
from . import fields, ids

# What the law asks for; Shopify sends these to every app of its store.
COMPLIANCE = {"customers/data_request": "access", "customers/redact": "erasure", "shop/redact": "closing"}
_ORDERS = ("orders", "refunds", "fulfillment_orders", "fulfillments", "returns", "order_transactions")


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """Raise BadSignature unless the body was signed with one of the secrets, which stand one a line."""
    secrets = [line for line in secret.splitlines() if line.strip()]
    if not secrets:
        raise BadSignature("No client secret is set for this shop.")
    claimed = _header(headers, "hmac-sha256").strip()
    if not claimed:
        raise BadSignature("The delivery is not signed.")
    given = claimed.encode("utf-8", "replace")
    expected = [b64encode(hmac.digest(one.strip().encode(), body, "sha256")) for one in secrets]
    # All are compared, so that the time it takes does not tell which one nearly fitted.
    if not any([hmac.compare_digest(one, given) for one in expected]):
        raise BadSignature("The signature of the delivery is wrong.")


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    """Shopify signs everything."""
    return False


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    """What a verified delivery is about. Its body is a hint only: the thing is fetched by its id."""
    topic, delivery = _header(headers, "topic").casefold(), _header(headers, "webhook-id")
    row = fields.load(body)
    if topic in COMPLIANCE:
        buyer = _maybe(fields.record(row.get("customer")).get("id"))
        return Event(topic="privacy", external_id=f"{COMPLIANCE[topic]}:{buyer}", delivery_id=delivery)
    resource, _slash, name = topic.partition("/")
    if resource in _ORDERS:
        return Event(
            topic="orders",
            external_id=_order(resource, name, row),
            version=_version(resource, row),
            delivery_id=delivery,
        )
    if resource == "products":
        return Event(topic="products", external_id=_needed(row.get("id")), delivery_id=delivery)
    if resource == "inventory_levels":
        return Event(topic="stock", external_id=_needed(row.get("inventory_item_id")), delivery_id=delivery)
    return Event(topic="other", external_id=_maybe(row.get("id")), delivery_id=delivery)


def _header(headers: Mapping[str, str], name: str) -> str:
    return headers.get(f"x-shopify-{name}") or headers.get(f"shopify-{name}") or ""


def _order(resource: str, name: str, row: Mapping[str, Any]) -> str:
    """Each kind of delivery names its order in a place of its own."""
    if resource == "orders":
        edit = fields.record(row.get("order_edit")) if name == "edited" else {}
        return _needed(edit.get("order_id") or row.get("id"))
    if resource == "fulfillment_orders":
        return _order_of_place(fields.record(row.get("fulfillment_order")) or row)
    nested = fields.record(row.get("order"))
    return _needed(
        row.get("order_id") or nested.get("order_id") or nested.get("id") or row.get("admin_graphql_api_order_id")
    )


def _order_of_place(place: Mapping[str, Any]) -> str:
    """Such deliveries name the fulfilment order; its order only sometimes, and then the shop is asked for it."""
    return _maybe(place.get("order_id")) or ids.place_name(_needed(place.get("id")))


def _needed(value: Any) -> str:
    found = ids.number(value)
    if not found:
        raise Unreadable("The delivery does not say what it is about.")
    return found


def _maybe(value: Any) -> str:
    try:
        return ids.number(value)
    except Unreadable:
        return ""


def _version(resource: str, row: Mapping[str, Any]) -> str:
    """The moment of the change, where it is that of the order itself."""
    if resource != "orders":
        return ""
    try:
        moment = fields.moment(row.get("updated_at"))
    except Unreadable:
        return ""
    return fields.stamp(moment) if moment else ""
