"""Returns of Walmart, with their lines. One may be of several purchase orders of a customer: each is told apart."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from .. import rows
from ..errors import Gone, Unreadable
from ..records import Page, Raw, RefundLine, ReturnNotice
from .orders import moment

_PATH = "/v3/returns"
_PAGE = 100
_REACH = timedelta(days=179)
_STATES = {"INITIATED": "approved", "DELIVERED": "received", "COMPLETED": "closed", "CANCELLED": "declined"}


def fetch_returns(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Returns changed in that time. The token of a page is the question for it, as Walmart words it."""
    now, what = datetime.now(timezone.utc), "Fetching returns"
    params = {
        "returnLastModifiedStartDate": rows.written(max(since or now - _REACH, now - _REACH)),
        "returnLastModifiedEndDate": rows.written(until or now),
        "limit": _PAGE,
    }
    try:
        answer = client.get(f"{_PATH}{token}", what=what) if token else client.get(_PATH, params, what=what)
    except Gone:
        return Page()
    found = rows.load(answer.body)
    held = rows.rows(found.get("returnOrders"))
    items = tuple(raw for row in held for raw in _raws(row))
    return Page(items=items, next=rows.text(rows.record(found.get("meta")).get("nextCursor")) if held else "")


def _raws(row: Mapping[str, Any]) -> Iterator[Raw]:
    orders = dict.fromkeys(rows.identifier(line.get("purchaseOrderId")) for line in _lines(row))
    for order in orders:
        own = {
            **row,
            "returnOrderLines": [li for li in _lines(row) if rows.identifier(li.get("purchaseOrderId")) == order],
        }
        yield rows.raw(_number(own), own, _changed_at)


def _lines(row: Mapping[str, Any]) -> list[dict]:
    return rows.rows(row.get("returnOrderLines"))


def _number(row: Mapping[str, Any]) -> str:
    """Of the return, and of the order that this part of it is about."""
    order = next((rows.identifier(line.get("purchaseOrderId")) for line in _lines(row)), "")
    return "-".join(filter(None, (rows.identifier(row.get("returnOrderId")), order)))


def _changed_at(row: Mapping[str, Any]) -> datetime | None:
    stated = [moment(line.get("statusTime")) for line in _lines(row)]
    return max(filter(None, [moment(row.get("returnOrderDate")), *stated]), default=None)


def parse_return(body: bytes) -> ReturnNotice:
    row = rows.load(body)
    lines = _lines(row)
    if not rows.identifier(row.get("returnOrderId")) or not lines:
        raise Unreadable("This is not a return.")
    reasons = dict.fromkeys(rows.text(line.get("returnReason")).replace("_", " ").capitalize() for line in lines)
    return ReturnNotice(
        external_id=_number(row),
        order_id=rows.identifier(lines[0].get("purchaseOrderId")),
        number=rows.identifier(row.get("returnOrderId")),
        version=rows.version(_changed_at(row), row),
        created_at=moment(row.get("returnOrderDate")),
        state=_state(lines),
        reason="; ".join(filter(None, reasons)),
        lines=tuple(_line(line) for line in lines),
    )


def _state(lines: list[dict]) -> str:
    """Of the line that is least far."""
    far = ("approved", "received", "closed", "declined")
    states = {_STATES.get(rows.text(line.get("status")).upper(), "approved") for line in lines}
    return min(states, key=far.index)


def _line(line: Mapping[str, Any]) -> RefundLine:
    quantity = rows.amount(rows.record(line.get("quantity")).get("measurementValue")) or Decimal(1)
    price = rows.amount(rows.record(line.get("unitPrice")).get("currencyAmount"))
    return RefundLine(
        external_id=rows.identifier(line.get("returnOrderLineNumber")),
        line_id=rows.identifier(line.get("purchaseOrderLineNumber")),
        quantity=quantity,
        amount=price * quantity,
    )
