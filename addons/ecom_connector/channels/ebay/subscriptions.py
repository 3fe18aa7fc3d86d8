"""Our subscriptions at eBay: an address (destination) that answered eBay's challenge, and a subscription a topic.

A destination that does not answer is marked down by eBay and has to be enabled again (guide). Deletion of accounts is
subscribed to in the developer portal, with the same address.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from .. import rows
from ..errors import Rejected
from ..records import Subscription
from .webhook import verification_token

_BASE = "/commerce/notification/v1"
# Those of them that eBay offers to this application; there are more of them for larger sellers than for others.
_TOPICS = ("ORDER_CONFIRMATION", "AUTHORIZATION_REVOCATION")
_PAGE = {"limit": 100}


def arm_subscriptions(client, url: str, secret: str, renew: bool = False) -> tuple[Subscription, ...]:
    """Those of others are left alone; so are ones a person switched off, as long as our address is up."""
    offered = _offered(client)
    if not offered:
        return ()
    place, was_down = _destination(client, url, secret, renew)
    answer = client.get(f"{_BASE}/subscription", _PAGE, what="Looking at the subscriptions")
    ours = {
        rows.text(row.get("topicId")): row
        for row in rows.rows(rows.load(answer.body).get("subscriptions"))
        if rows.identifier(row.get("destinationId")) == place
    }
    return tuple(_armed(client, topic, ours.get(rows.text(topic["topicId"])), place, was_down) for topic in offered)


def _offered(client) -> list[dict]:
    found = rows.load(client.get(f"{_BASE}/topic", _PAGE, what="Looking at the topics").body)
    topics = rows.rows(found.get("topics"))
    return [row for row in topics if rows.text(row.get("topicId")) in _TOPICS and row.get("scope") != "APPLICATION"]


def _destination(client, url: str, secret: str, renew: bool) -> tuple[str, bool]:
    """(its number, whether it was down)"""
    found = rows.load(client.get(f"{_BASE}/destination", _PAGE, what="Looking at the destinations").body)
    token = verification_token(secret)
    wanted = {
        "name": "Odoo",
        "status": "ENABLED",
        "deliveryConfig": {"endpoint": url, "verificationToken": token},
    }
    for row in rows.rows(found.get("destinations")):
        if rows.record(row.get("deliveryConfig")).get("endpoint") == url:
            number, down = rows.identifier(row.get("destinationId")), rows.text(row.get("status")) != "ENABLED"
            if down or renew:
                client.put(f"{_BASE}/destination/{quote(number, safe='')}", wanted, what="Waking our address at eBay")
            return number, down
    if not rows.text(rows.load(client.get(f"{_BASE}/config", what="Looking at the alerts").body).get("alertEmail")):
        raise Rejected("eBay wants an e-mail address for alerts: developer portal, Alerts & Notifications.")
    answer = client.post(f"{_BASE}/destination", wanted, what="Registering our address at eBay")
    return (answer.headers.get("Location") or answer.headers.get("location") or "").rpartition("/")[2], False


def _armed(client, topic: Mapping[str, Any], known: Mapping[str, Any] | None, place: str, was_down) -> Subscription:
    name = rows.text(topic.get("topicId"))
    if known is None:
        payload = next(iter(rows.rows(topic.get("supportedPayloads"))), {})
        asked = {
            "topicId": name,
            "status": "ENABLED",
            "destinationId": place,
            "payload": {
                "format": "JSON",
                "schemaVersion": rows.text(payload.get("schemaVersion")) or "1.0",
                "deliveryProtocol": "HTTPS",
            },
        }
        answer = client.post(f"{_BASE}/subscription", asked, what=f"Subscribing to {name}")
        made = (answer.headers.get("Location") or answer.headers.get("location") or "").rpartition("/")[2]
        return Subscription(topic=name, external_id=made, state="made")
    number, status = rows.identifier(known.get("subscriptionId")), rows.text(known.get("status"))
    if status != "ENABLED" and was_down:
        client.post(f"{_BASE}/subscription/{quote(number, safe='')}/enable", {}, what=f"Waking {name}")
        return Subscription(topic=name, external_id=number, state="woken")
    return Subscription(topic=name, external_id=number, state="paused" if status != "ENABLED" else "kept")
