"""What Shopify's several states mean in our three: the order, its payment, its shipping."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..records import Risk
from . import fields, ids

_PAYMENTS = {
    "PAID": "paid",
    "PARTIALLY_REFUNDED": "paid",
    "REFUNDED": "refunded",
    "PARTIALLY_PAID": "partial",
    "AUTHORIZED": "authorized",
    "PENDING": "unpaid",
    "EXPIRED": "unpaid",
    "VOIDED": "unpaid",
}
_OVER = ("CLOSED", "CANCELLED")
_LEVELS = {"HIGH": "high", "MEDIUM": "medium", "LOW": "low"}
_ADVICE = {"CANCEL": "high", "INVESTIGATE": "medium", "ACCEPT": "low"}
_RANK = ("low", "medium", "high")


def read_status(row: Mapping[str, Any]) -> str:
    """An order that was refunded down to nothing before anything left is over, though Shopify does not call it so."""
    if row.get("cancelledAt"):
        return "cancelled"
    if row.get("confirmed") is False:
        return "pending"
    paid_back = fields.text(row.get("displayFinancialStatus")) in ("REFUNDED", "VOIDED")
    nothing_left = all(not fields.count(line.get("currentQuantity")) for line in fields.rows(row.get("lineItems")))
    return "cancelled" if paid_back and nothing_left and not has_parcels(row) else "open"


def read_payment(row: Mapping[str, Any]) -> str:
    """A state we have never heard of counts as not paid."""
    stated = fields.text(row.get("displayFinancialStatus"))
    return _PAYMENTS.get(stated, "paid" if not stated and row.get("fullyPaid") is True else "unpaid")


def read_fulfilment(row: Mapping[str, Any]) -> str:
    """ "elsewhere" once a fulfilment service has shipped all of it from a location of its own."""
    stated = fields.text(row.get("displayFulfillmentStatus"))
    if stated == "FULFILLED":
        places = [fields.record(parcel.get("location")) for parcel in parcels(row)]
        service = bool(places) and all(place.get("isFulfillmentService") is True for place in places)
        return "elsewhere" if service else "fulfilled"
    return "partial" if stated == "PARTIALLY_FULFILLED" or has_parcels(row) else "open"


def parcels(row: Mapping[str, Any]) -> list[dict]:
    """What really left: neither cancelled nor failed."""
    return [
        parcel
        for parcel in fields.rows(row.get("fulfillments"))
        if fields.text(parcel.get("status")) in ("SUCCESS", "OPEN")
    ]


def has_parcels(row: Mapping[str, Any]) -> bool:
    return bool(parcels(row))


def _open_places(row: Mapping[str, Any]) -> Iterator[dict]:
    """Those still to be shipped; where there are none left, all."""
    places = fields.rows(row.get("fulfillmentOrders"))
    left = [place for place in places if fields.text(place.get("status")) not in _OVER]
    yield from left or places


def read_location(row: Mapping[str, Any]) -> str:
    """Where Shopify wants it to be shipped from. Of an order that leaves from several the first one."""
    for place in _open_places(row):
        location = fields.record(fields.record(place.get("assignedLocation")).get("location"))
        if location.get("id"):
            return ids.number(location["id"])
    return ids.number(fields.record(row.get("retailLocation")).get("id"))


def read_ship_by(row: Mapping[str, Any]) -> datetime | None:
    moments = [fields.moment(place.get("fulfillBy")) for place in _open_places(row)]
    return min(filter(None, moments), default=None)


def read_holds(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Why Shopify says not to ship yet, in its words; and where it wishes that a fulfilment service did not."""
    found = []
    for place in fields.rows(row.get("fulfillmentOrders")):
        if fields.text(place.get("status")) == "ON_HOLD":
            for hold in fields.rows(place.get("fulfillmentHolds")):
                said = (fields.text(hold.get("displayReason")), fields.text(hold.get("reasonNotes")))
                found.append(": ".join(filter(None, said)) or "On hold")
        if fields.text(place.get("requestStatus")) == "CANCELLATION_REQUESTED":
            found.append("its owner asks not to send it any more")
    return tuple(dict.fromkeys(found))


def read_risk(row: Mapping[str, Any]) -> Risk | None:
    """The worst that anybody says of it, with what speaks against it. An order that is held there must not leave here
    either, whatever the reason: nobody ships against the advice of the shop without saying so."""
    risk = fields.record(row.get("risk"))
    levels = [_ADVICE.get(fields.text(risk.get("recommendation")))]
    reasons: list[str] = []
    for assessment in fields.rows(risk.get("assessments")):
        levels.append(_LEVELS.get(fields.text(assessment.get("riskLevel"))))
        facts = fields.rows(assessment.get("facts"))
        reasons += [fields.text(fact.get("description")) for fact in facts if fact.get("sentiment") == "NEGATIVE"]
    holds = [f"On hold in the shop: {hold}" for hold in read_holds(row)]
    level = "high" if holds else max((found for found in levels if found), key=_RANK.index, default="")
    return Risk(level=level, reasons=tuple(dict.fromkeys(filter(None, (*holds, *reasons))))) if level else None
