"""Our webhooks in the shop: registered, and woken when they have switched themselves off.

WooCommerce disables a webhook silently once five deliveries in a row were not answered with a 2xx (documented). It
never shows a webhook's secret, so that is only ever written.
"""

from typing import Any

from ..records import Subscription
from . import fields, paging

# Deliveries of `order.updated` cover payments, notes and refunds (recorded); a trashed order comes as `order.deleted`.
TOPICS = ("order.created", "order.updated", "order.deleted", "order.restored", "product.updated", "product.deleted")


def arm_subscriptions(client, url: str, secret: str, renew: bool = False) -> tuple[Subscription, ...]:
    """One webhook a topic for our address. Those of others, and those a person paused on purpose, are left alone."""
    ours = _ours(client, url)
    return tuple(_armed(client, topic, ours.get(topic), url, secret, renew) for topic in TOPICS)


def _ours(client, url: str) -> dict[str, dict]:
    """topic -> our webhook; of two alike the one that works."""
    found: dict[str, dict] = {}
    for answer in paging.every(client, "webhooks", what="Looking at the webhooks"):
        for row, _body in fields.slices(answer.body):
            topic = fields.text(row.get("topic"))
            if fields.text(row.get("delivery_url")) == url and found.get(topic, {}).get("status") != "active":
                found[topic] = row
    return found


def _armed(client, topic: str, known: dict | None, url: str, secret: str, renew: bool) -> Subscription:
    if known is None:
        asked = {"name": f"Odoo {topic}", "topic": topic, "delivery_url": url, "secret": secret, "status": "active"}
        made = fields.load_row(client.post("webhooks", asked, what="Registering a webhook").body)
        return Subscription(topic=topic, external_id=fields.identifier(made.get("id")), state="made")
    external_id, status = fields.identifier(known.get("id")), fields.text(known.get("status"))
    change: dict[str, Any] = {}
    if status == "disabled":
        change = {"status": "active", "secret": secret}
    elif renew:
        change = {"secret": secret}
    if change:
        client.put(f"webhooks/{external_id}", change, what="Waking a webhook")
    state = "woken" if "status" in change else "renewed" if change else "paused" if status == "paused" else "kept"
    return Subscription(topic=topic, external_id=external_id, state=state)
