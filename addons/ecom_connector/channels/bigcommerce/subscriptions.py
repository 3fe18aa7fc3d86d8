"""Our webhooks at a store: registered, and woken when BigCommerce switched them off.

It does that when an address did not answer for two days, and stops delivering to a whole host for minutes when too many
deliveries fail (research/connector.md).
"""

from .. import rows
from ..records import Subscription

SCOPES = ("store/order/*", "store/shipment/*", "store/product/*", "store/sku/*")


def arm_subscriptions(client, url: str, secret: str, renew: bool = False) -> tuple[Subscription, ...]:
    """One a scope for our address; those of others are left alone. The store signs with the secret of the API account,
    so there is none to renew."""
    what = "Looking at the webhooks"
    ours = {
        rows.text(row.get("scope")): row
        for row in client.every("/hooks", what=what)
        if rows.text(row.get("destination")) == url
    }
    return tuple(_armed(client, scope, ours.get(scope), url) for scope in SCOPES)


def _armed(client, scope: str, known: dict | None, url: str) -> Subscription:
    if known is None:
        asked = {"scope": scope, "destination": url, "is_active": True, "headers": {}}
        made = rows.load(client.post("/v3/hooks", asked, what="Registering a webhook").body)
        id = rows.identifier(rows.record(made.get("data")).get("id"))
        return Subscription(topic=scope, external_id=id, state="made")
    id = rows.identifier(known.get("id"))
    if known.get("is_active") is True:
        return Subscription(topic=scope, external_id=id)
    client.put(f"/v3/hooks/{id}", {"is_active": True}, what="Waking a webhook")
    return Subscription(topic=scope, external_id=id, state="woken")
