"""Our subscriptions to Walmart's notifications: those about orders that it offers, signed with a secret of ours."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .. import rows
from ..records import Subscription
from .webhook import HEADER

_PATH = "/v3/webhooks"
_RESOURCES = ("ORDER",)
_ACTIVE = "ACTIVE"


def arm_subscriptions(client, url: str, secret: str, renew: bool = False) -> tuple[Subscription, ...]:
    """One an event for our address; those of others are left alone."""
    answer = client.get(f"{_PATH}/eventTypes", what="Looking at the notifications")
    offered = [
        row
        for row in rows.rows(rows.load(answer.body).get("eventTypes"))
        if rows.text(row.get("resourceName")).upper() in _RESOURCES
    ]
    ours = _ours(client, url)
    return tuple(_armed(client, row, ours.get(rows.text(row.get("eventType"))), url, secret, renew) for row in offered)


def _ours(client, url: str) -> dict[str, Mapping[str, Any]]:
    found = rows.load(client.get(f"{_PATH}/subscriptions", what="Looking at the subscriptions").body)
    listed = [event for held in rows.rows(found.get("events")) for event in rows.rows(held.get("event"))]
    return {rows.text(row.get("eventType")): row for row in listed if rows.text(row.get("eventUrl")) == url}


def _armed(client, offer: Mapping[str, Any], known, url: str, secret: str, renew: bool) -> Subscription:
    name = rows.text(offer.get("eventType"))
    wanted = {
        "eventType": name,
        "eventVersion": rows.text(offer.get("eventVersion")),
        "resourceName": rows.text(offer.get("resourceName")),
        "eventUrl": url,
        "authDetails": {"authMethod": "HMAC", "authHeaderName": HEADER, "clientSecret": secret},
        "headers": {"content-type": "application/json"},
        "status": _ACTIVE,
    }
    if known is None:
        answer = client.post(f"{_PATH}/subscriptions", {"events": [wanted]}, what=f"Subscribing to {name}")
        made = rows.rows(rows.load(answer.body).get("event"))
        id = rows.identifier(made[0].get("subscriptionId")) if made else ""
        return Subscription(topic=name, external_id=id, state="made")
    id, asleep = rows.identifier(known.get("subscriptionId")), rows.text(known.get("status")).upper() != _ACTIVE
    if asleep or renew:
        path = f"{_PATH}/subscriptions/{quote(id, safe='')}"
        client.call("PATCH", path, payload=wanted, what=f"Waking {name}")
    return Subscription(topic=name, external_id=id, state="woken" if asleep else "renewed" if renew else "kept")
