"""Our webhooks in the shop: registered, checked and made anew.

Shopify removes a webhook that was not answered well eight times in a row within four hours (documented). Deliveries
carry a few fields only: they are hints, and nobody's address needs to travel twice.
"""

from typing import Any

from ..records import Subscription
from . import answers, fields, ids
from .documents import webhooks

_ORDER = ["id", "admin_graphql_api_id", "updated_at"]
_ABOUT_ORDER = ["id", "order_id"]
# Topic -> fields that are delivered; none: all of them. A body whose fields are nested is small as it is.
TOPICS: dict[str, list[str]] = {
    "ORDERS_CREATE": _ORDER,
    "ORDERS_UPDATED": _ORDER,
    "ORDERS_DELETE": [],
    "ORDERS_EDITED": [],
    "REFUNDS_CREATE": _ABOUT_ORDER,
    "FULFILLMENT_ORDERS_PLACED_ON_HOLD": [],
    "FULFILLMENT_ORDERS_HOLD_RELEASED": [],
    "RETURNS_UPDATE": [],
    "PRODUCTS_CREATE": ["id", "updated_at"],
    "PRODUCTS_UPDATE": ["id", "updated_at"],
    "PRODUCTS_DELETE": [],
    "INVENTORY_LEVELS_UPDATE": [],
}


def arm_subscriptions(client, url: str, secret: str, renew: bool = False) -> tuple[Subscription, ...]:
    """One webhook a topic for our address; those of others are left alone. The secret is the app's own."""
    ours = _ours(client, url)
    return tuple(_armed(client, topic, ours, url) for topic in TOPICS)


def _ours(client, url: str) -> dict[str, dict]:
    found: dict[str, dict] = {}
    after = None
    while True:
        told = client.ask(webhooks.SUBSCRIPTIONS, {"after": after}, what="Looking at the webhooks")
        page = fields.record(told.get("webhookSubscriptions"))
        for row in fields.rows(page):
            if fields.text(row.get("uri")) == url:
                found.setdefault(fields.text(row.get("topic")), row)
        after = fields.following(page)
        if not after:
            return found


def _armed(client, topic: str, ours: dict[str, dict], url: str) -> Subscription:
    known = ours.get(topic)
    if known is None:
        told = client.ask(webhooks.SUBSCRIBE, {"topic": topic, "webhook": build(topic, url)}, what=_what(topic))
        made = fields.record(
            answers.payload(told, "webhookSubscriptionCreate", _what(topic)).get("webhookSubscription")
        )
        # Where others of ours are there, this one was there as well: Shopify took it away.
        state = "woken" if ours else "made"
        return Subscription(topic=topic, external_id=ids.number(made.get("id")), state=state)
    external_id, state = ids.number(known.get("id")), "kept"
    if known.get("format") != "JSON" or sorted(fields.words(known.get("includeFields"))) != sorted(TOPICS[topic]):
        asked = {"id": known["id"], "webhook": build(topic, url)}
        told = client.ask(webhooks.CHANGE_SUBSCRIPTION, asked, what=_what(topic))
        answers.payload(told, "webhookSubscriptionUpdate", _what(topic))
        state = "renewed"
    return Subscription(topic=topic, external_id=external_id, state=state)


def build(topic: str, url: str) -> dict[str, Any]:
    return {"uri": url, "format": "JSON", "includeFields": TOPICS[topic]}


def _what(topic: str) -> str:
    return f"Registering the webhook {topic.lower().replace('_', ' ')}"
