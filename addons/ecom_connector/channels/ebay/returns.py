"""Returns of eBay, Post-Order API: what buyers want to send back, and how far that is.

There is no contract of eBay's own for these answers; the names read here are those of its guide. A return is of one
item, named by its number and the purchase's, which is also how the order names its line.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from .. import rows
from ..errors import Unreadable
from ..records import Page, Raw, RefundLine, ReturnNotice
from .values import moment as written
from .values import money

_PATH = "/post-order/v2/return/search"
_PAGE = 50
_REACH = timedelta(days=540)
_DECLINED = ("RETURN_REJECTED", "CANCELED", "CLOSED_REJECTED")
_RECEIVED = ("ITEM_DELIVERED", "PARTIAL_REFUND_DECLINED", "REFUND_INITIATED", "LESS_THAN_A_FULL_REFUND_ISSUED")
_APPROVED = ("READY_FOR_SHIPPING", "ITEM_SHIPPED", "RETURN_LABEL_PENDING", "WAITING_FOR_RMA", "ITEM_READY_TO_SHIP")


def fetch_returns(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Returns opened or changed in that time."""
    now, page = datetime.now(timezone.utc), int(token or 1)
    params = {
        "creation_date_range_from": written(now - _REACH if since is None else since - timedelta(days=60)),
        "creation_date_range_to": written(until or now),
        "limit": _PAGE,
        "offset": page,
    }
    found = rows.load(client.get(_PATH, params, what="Fetching returns").body)
    members = rows.rows(found.get("members"))
    total = rows.whole(rows.record(found.get("paginationOutput")).get("totalPages") or 1)
    return Page(items=tuple(_raw(row) for row in members), next=str(page + 1) if members and page < total else "")


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("returnId")), row, _changed_at)


def _changed_at(row: Mapping[str, Any]) -> datetime | None:
    return _moment(row.get("lastModifiedDate")) or _moment(rows.record(row.get("creationInfo")).get("creationDate"))


def _moment(value: Any) -> datetime | None:
    """Of {"value": "2026-01-31T10:00:00.000Z"}, or of the text alone."""
    return rows.moment(value.get("value") if isinstance(value, dict) else value)


def parse_return(body: bytes) -> ReturnNotice:
    row = rows.load(body)
    number, made = rows.identifier(row.get("returnId")), rows.record(row.get("creationInfo"))
    if not number or not made:
        raise Unreadable("This is not a return.")
    item = rows.record(made.get("item"))
    comments = made.get("comments")
    said = rows.text(comments.get("content")) if isinstance(comments, dict) else rows.text(comments)
    reason = rows.text(made.get("reason")).replace("_", " ").capitalize()
    line = RefundLine(
        external_id=number,
        line_id=rows.identifier(item.get("transactionId")),
        quantity=Decimal(rows.whole(item.get("returnQuantity") or 1)),
        amount=_amount(row),
    )
    return ReturnNotice(
        external_id=number,
        order_id=rows.identifier(row.get("orderId")),
        number=number,
        version=rows.version(_changed_at(row), row),
        created_at=_moment(made.get("creationDate")),
        state=_state(row),
        reason=": ".join(filter(None, (reason, said))),
        lines=(line,),
    )


def _amount(row: Mapping[str, Any]) -> Decimal:
    total = rows.record(row.get("sellerTotalRefund"))
    return money(total.get("estimatedRefundAmount"))


def _state(row: Mapping[str, Any]) -> str:
    status = rows.text(row.get("status") or row.get("state"))
    if status in _DECLINED:
        return "declined"
    if status.startswith("CLOSED") or status == "REPLACEMENT_CLOSED":
        return "closed"
    return "received" if status in _RECEIVED else "approved" if status in _APPROVED else "requested"
