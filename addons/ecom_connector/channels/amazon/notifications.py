"""Has Amazon put changes of orders into the merchant's queue: the queue made a destination, and subscribed to.

Destinations are the application's, not the seller's, and are asked for in its name (model: grantless).
"""

from ..errors import Gone, Rejected
from ..records import Subscription
from . import answers, values
from .access import APPLICATION

_KIND, _VERSION = "ORDER_CHANGE", "1.0"
_PATH = "/notifications/v1"
_WHAT = "Asking for order notifications"


def arm(client) -> Subscription:
    """Safe to repeat. Rejected where the notifications go elsewhere: they may be somebody else's there."""
    destination = _destination(client, client.queue.arn)
    path = f"{_PATH}/subscriptions/{_KIND}"
    try:
        found = _payload(client.get(path, {"payloadVersion": _VERSION}, what=_WHAT))
    except Gone:
        made = client.post(path, {"payloadVersion": _VERSION, "destinationId": destination}, what=_WHAT)
        return Subscription(topic=_KIND, external_id=_key(_payload(made)), state="made")
    if values.text(found.get("destinationId")) != destination:
        raise Rejected(
            f"{_WHAT}: they go to another queue already. Delete subscription {_key(found)} of {_KIND} there first."
        )
    return Subscription(topic=_KIND, external_id=_key(found))


def _destination(client, arn: str) -> str:
    path = f"{_PATH}/destinations"
    known = answers.load(client.get(path, what=_WHAT, name=APPLICATION).body)
    for row in values.rows(known.get("payload")):
        if values.text(values.record(values.record(row.get("resource")).get("sqs")).get("arn")) == arn:
            return values.identifier(row.get("destinationId"))
    wanted = {"name": "Odoo", "resourceSpecification": {"sqs": {"arn": arn}}}
    made = _payload(client.post(path, wanted, what=_WHAT, name=APPLICATION))
    return values.identifier(made.get("destinationId"))


def _payload(response):
    return values.record(answers.load(response.body).get("payload"))


def _key(row) -> str:
    return values.identifier(row.get("subscriptionId"))
