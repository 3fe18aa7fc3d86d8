"""Returns of Shopify: what buyers want to send back, and how far that is. Money is a matter of refunds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from ..records import Page, Raw, RefundLine, ReturnNotice
from . import fields, ids, refunds, whole
from .documents import money

_STATES = {
    "REQUESTED": "requested",
    "OPEN": "approved",
    "DECLINED": "declined",
    "CANCELED": "declined",
    "CLOSED": "closed",
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
