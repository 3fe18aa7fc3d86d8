"""What a shop asks of a fulfilment service, where we are that service: send this, or do not send it any more.

Shopify lets nobody send what was asked for and not accepted. What leaves here is accepted by leaving; a wish to cancel
holds the order here (see order_state), and a person decides: cancelling it here agrees, sending it declines.
"""

from collections.abc import Mapping
from typing import Any

from . import answers, fields, ids
from .documents import fulfilment

SUBMITTED, CANCELLING = "SUBMITTED", "CANCELLATION_REQUESTED"
_LEFT = "It has left already."


def settled(client, place: dict, location: str, what: str) -> dict:
    """The fulfilment order, open to be sent where it is ours to say so: at the location that the goods left from."""
    asked = fields.text(place.get("requestStatus"))
    if not location or asked not in (SUBMITTED, CANCELLING) or _location(place) != location:
        return place
    if asked == SUBMITTED:
        told = client.ask(fulfilment.ACCEPT_REQUEST, {"id": place["id"], "message": None}, what=what)
        answer = answers.payload(told, "fulfillmentOrderAcceptFulfillmentRequest", what)
    else:
        told = client.ask(fulfilment.REJECT_CANCELLATION, {"id": place["id"], "message": _LEFT}, what=what)
        answer = answers.payload(told, "fulfillmentOrderRejectCancellationRequest", what)
    # The lines it had keep their ids; there may be more of them than this answer holds.
    return {**place, **fields.record(answer.get("fulfillmentOrder")), "lineItems": place.get("lineItems")}


def agree_to_cancel(client, places: list[dict], what: str) -> None:
    """All parts of an order that the shop wished to be cancelled are now."""
    for place in places:
        if fields.text(place.get("requestStatus")) == CANCELLING:
            told = client.ask(fulfilment.ACCEPT_CANCELLATION, {"id": place["id"], "message": None}, what=what)
            answers.payload(told, "fulfillmentOrderAcceptCancellationRequest", what)


def _location(place: Mapping[str, Any]) -> str:
    return ids.number(fields.record(fields.record(place.get("assignedLocation")).get("location")).get("id"))
