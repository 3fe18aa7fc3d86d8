"""Returns of Shopify: what buyers want to send back, how far that is, and what we say to it. Money is a matter of
refunds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import Gone, Rejected, Unreadable
from ..records import Page, Raw, RefundLine, ReturnAnswer, ReturnAnswerLine, ReturnNotice
from . import answers, fields, ids, refunds, whole
from .documents import money, reverse

_STATES = {
    "REQUESTED": "requested",
    "OPEN": "approved",
    "DECLINED": "declined",
    "CANCELED": "declined",
    "CLOSED": "closed",
}
_DISPOSITIONS = {
    "restocked": "RESTOCKED",
    "not_restocked": "NOT_RESTOCKED",
    "processing": "PROCESSING_REQUIRED",
    "missing": "MISSING",
}


def fetch_returns(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Returns of orders that were changed in that time."""
    asked = {"query": refunds.changed_between(since, until), "after": token or None}
    page = fields.record(client.ask(money.CHANGED_MONEY, asked, what="Fetching returns").get("orders"))
    items: list[Raw] = []
    for row in fields.rows(page):
        if fields.text(row.get("returnStatus")) not in ("", "NO_RETURN"):
            items += _raws(client, row)
    return Page(items=tuple(items), next=fields.following(page))


def _raws(client, order: Mapping[str, Any]) -> Iterator[Raw]:
    moment = fields.moment(order.get("updatedAt"))
    for row in whole.returns_of(client, order["id"], "Fetching returns"):
        body = fields.dump(row)
        version = whole.version({"updatedAt": order.get("updatedAt")}, body)
        yield Raw(external_id=ids.number(row.get("id")), version=version, body=body, updated_at=moment)


def parse_return(body: bytes) -> ReturnNotice:
    row = fields.load(body)
    if not str(row.get("id")).startswith("gid://shopify/Return/"):
        raise Unreadable("This is not a return.")
    lines = fields.rows(row.get("returnLineItems"))
    reasons = dict.fromkeys(filter(None, map(_reason, lines)))
    order = fields.record(row.get("order"))
    return ReturnNotice(
        external_id=ids.number(row.get("id")),
        order_id=ids.number(order.get("id")),
        number=fields.text(row.get("name")),
        version=whole.version({"updatedAt": order.get("updatedAt")}, body),
        created_at=fields.moment(row.get("createdAt")),
        state=_state(row, lines),
        reason="; ".join(reasons),
        lines=tuple(_line(line) for line in lines),
    )


def _state(row: Mapping[str, Any], lines: list[dict]) -> str:
    """Received once all of it was looked at; Shopify closes it when that is refunded or exchanged too."""
    state = _STATES.get(fields.text(row.get("status")), "requested")
    sent, seen = (sum(fields.count(line.get(name)) for line in lines) for name in ("quantity", "processedQuantity"))
    return "received" if state == "approved" and sent and seen >= sent else state


def _reason(line: Mapping[str, Any]) -> str:
    name = fields.text(fields.record(line.get("returnReasonDefinition")).get("name"))
    said = fields.text(line.get("customerNote")) or fields.text(line.get("returnReasonNote"))
    return ": ".join(filter(None, (name, said)))


def _line(line: Mapping[str, Any]) -> RefundLine:
    sold = fields.record(fields.record(line.get("fulfillmentLineItem")).get("lineItem"))
    return RefundLine(
        external_id=ids.number(line.get("id")),
        line_id=ids.number(sold.get("id")),
        quantity=Decimal(fields.count(line.get("quantity"))),
        amount=fields.side(line, "withCodeDiscountedTotalPriceSet", refunds.BUYER),
    )


# --------------------------------------------------------------------- ours
def answer_return(client, answer: ReturnAnswer) -> str:
    """Tell the shop what we decided. What it knows already is not said again, whoever said it first."""
    what = f"Answering return {answer.return_id}"
    asked = {"id": ids.gid("Return", answer.return_id)}
    found = fields.record(client.ask(reverse.RETURN_TO_ANSWER, asked, what=what).get("return"))
    if not found:
        raise Gone(f"{what}: the shop does not have it any more.")
    {"approve": _approve, "decline": _decline, "inspect": _inspect}[answer.verb](client, answer, found, what)
    return answer.return_id


def _approve(client, _answer: ReturnAnswer, found: Mapping[str, Any], what: str) -> None:
    if found.get("status") in ("OPEN", "CLOSED"):
        return
    told = client.ask(reverse.APPROVE_RETURN, {"input": {"id": found["id"], "notifyCustomer": False}}, what=what)
    answers.payload(told, "returnApproveRequest", what)


def _decline(client, answer: ReturnAnswer, found: Mapping[str, Any], what: str) -> None:
    """A request is declined; what was agreed to before is cancelled."""
    if found.get("status") in ("DECLINED", "CANCELED"):
        return
    if found.get("status") == "OPEN":
        told = client.ask(reverse.CANCEL_RETURN, {"id": found["id"]}, what=what)
        answers.payload(told, "returnCancel", what)
        return
    reason = {"too_late": "RETURN_PERIOD_ENDED", "final_sale": "FINAL_SALE"}.get(answer.reason, "OTHER")
    asked = {"id": found["id"], "declineReason": reason, "declineNote": answer.note[:500], "notifyCustomer": False}
    answers.payload(client.ask(reverse.DECLINE_RETURN, {"input": asked}, what=what), "returnDeclineRequest", what)


def _inspect(client, answer: ReturnAnswer, found: Mapping[str, Any], what: str) -> None:
    """Process what was looked at and is not processed there yet; money is a refund of its own."""
    asked = build_inspection(answer, found)
    if asked["returnLineItems"]:
        answers.payload(client.ask(reverse.PROCESS_RETURN, {"input": asked}, what=what), "returnProcess", what)


def build_inspection(answer: ReturnAnswer, found: Mapping[str, Any]) -> dict[str, Any]:
    """The units that are new there, line by line, each with its disposition. Rejected where the shop expects fewer."""
    places = _reverse_lines(found)
    listed = {ids.number(row.get("id")) for row in fields.rows(found.get("returnLineItems"))}
    if not listed.issuperset(line.line_id for line in answer.lines):
        raise Rejected("The shop does not list these lines with the return.")
    lines = []
    for row in fields.rows(found.get("returnLineItems")):
        looked = [line for line in answer.lines if line.line_id == ids.number(row.get("id"))]
        known = fields.count(row.get("processedQuantity"))
        parts = list(_new_parts(looked, known))
        new = sum(units for units, _disposition in parts)
        if known + new > fields.count(row.get("quantity")):
            raise Rejected(f"The return has {fields.count(row.get('quantity'))} units of this, not {known + new}.")
        if not new:
            continue
        place = places.get(fields.text(fields.record(row.get("fulfillmentLineItem")).get("id")))
        lines.append({"id": row["id"], "quantity": new, "dispositions": _dispositions(parts, place)})
    return {"returnId": found["id"], "notifyCustomer": False, "returnLineItems": lines}


def _reverse_lines(found: Mapping[str, Any]) -> dict[str, str]:
    """{fulfilled line: line of the reverse fulfilment}"""
    return {
        fields.text(fields.record(row.get("fulfillmentLineItem")).get("id")): row["id"]
        for order in fields.rows(found.get("reverseFulfillmentOrders"))
        for row in fields.rows(order.get("lineItems"))
    }


def _new_parts(looked: Sequence[ReturnAnswerLine], known: int) -> Iterator[tuple[int, str]]:
    """(units, disposition) without the first `known` units, which the shop was told before."""
    for line in looked:
        units = int(line.quantity)
        skipped = min(known, units)
        known -= skipped
        if units > skipped:
            yield units - skipped, line.disposition


def _dispositions(parts: Sequence[tuple[int, str]], place: str | None) -> list[dict[str, Any]]:
    if place is None:
        return []
    return [
        {"reverseFulfillmentOrderLineItemId": place, "quantity": units, "dispositionType": _DISPOSITIONS[disposition]}
        for units, disposition in parts
    ]
