"""Returns of Adobe Commerce (its RMA module), read. An open source shop has no such address, and no returns.

A return says when it was asked for, and nowhere when it changed: its history does, which grows with each state. So all
of the last months are read again, and those that say nothing new are known by their version.

    pending                                          requested
    authorized, partial_authorized                   approved
    received, received_on_item, approved.., rejected..   the goods are there
    denied                                           declined
    closed, processed_closed                         closed
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from .. import rows
from ..errors import Gone, Unreachable, Unreadable
from ..records import ZERO, Page, Raw, RefundLine, ReturnNotice
from . import search

_PATH = "/V1/returns"
_REACH = timedelta(days=90)
_STATES = {"authorized": "approved", "partial_authorized": "approved", "denied": "declined"}
_STATES |= {"closed": "closed", "processed_closed": "closed"}
_THERE = ("received", "approved", "rejected")


def fetch_returns(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Those asked for in that time and in the months before it."""
    filters = [("date_requested", "gteq", search.stamp(since - _REACH))] if since else []
    filters += [("date_requested", "lteq", search.stamp(until))] if until else []
    page = int(token or 1)
    asked = search.criteria(filters, size=client.page_size, page=page, sort="entity_id")
    try:
        found, total = client.records(_PATH, asked, what="Fetching returns")
    except (Gone, Unreachable) as error:
        if error.status != 404:
            raise
        return Page()
    more = found and page * client.page_size < total
    return Page(items=tuple(map(_raw, found)), next=str(page + 1) if more else "")


def _raw(row: Mapping[str, Any]) -> Raw:
    return rows.raw(rows.identifier(row.get("entity_id")), row, _changed_at)


def _changed_at(row: Mapping[str, Any]) -> datetime | None:
    told = [search.moment(entry.get("created_at")) for entry in rows.rows(row.get("comments"))]
    return max(filter(None, [search.moment(row.get("date_requested")), *told]), default=None)


def parse_return(body: bytes) -> ReturnNotice:
    row = rows.load(body)
    number, order = rows.identifier(row.get("entity_id")), rows.identifier(row.get("order_id"))
    if not number or not order or "items" not in row:
        raise Unreadable("This is not a return: its number, its order or its items are missing.")
    said = [rows.text(entry.get("comment")) for entry in rows.rows(row.get("comments")) if entry.get("admin") is False]
    return ReturnNotice(
        external_id=number,
        order_id=order,
        number=rows.identifier(row.get("increment_id")) or number,
        version=rows.version(_changed_at(row), row),
        created_at=search.moment(row.get("date_requested")),
        state=_state(rows.text(row.get("status"))),
        reason=next(filter(None, said), ""),
        lines=tuple(_line(item) for item in rows.rows(row.get("items"))),
    )


def _state(status: str) -> str:
    if status.startswith(_THERE):
        return "received"
    return _STATES.get(status, "requested")


def _line(item: Mapping[str, Any]) -> RefundLine:
    """What came back is said in credit memos; here stand units only."""
    return RefundLine(
        external_id=rows.identifier(item.get("entity_id")),
        line_id=rows.identifier(item.get("order_item_id")),
        quantity=rows.amount(item.get("qty_authorized") or item.get("qty_requested") or 0),
        amount=ZERO,
    )
