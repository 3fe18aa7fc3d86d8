"""Customer returns of Amazon's own warehouses (FBA), by the report GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA.

Its columns are those of Amazon's page "FBA Customer Concessions reports attributes". Amazon makes it when asked to.
Rows arrive later than their date says, so each report goes back five weeks; what was read before is the same message.
A row is one unit with its license plate; all rows of an order are one return, which has arrived there already.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from ..errors import Unreadable
from ..records import Page, Raw, ReturnedUnits, ReturnNotice
from ..reports.source import Source
from ..reports.table import Table
from . import documents, values

KIND = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"
NEEDED = ("return-date", "order-id", "sku", "quantity", "detailed-disposition")
_COLUMNS = (*NEEDED, "reason", "status", "license-plate-number", "customer-comments")
_CONDITIONS = {
    "SELLABLE": "sellable",
    "DAMAGED": "channel",
    "DISTRIBUTOR_DAMAGED": "channel",
    "CARRIER_DAMAGED": "carrier",
    "CUSTOMER_DAMAGED": "buyer",
    "DEFECTIVE": "defective",
    "EXPIRED": "expired",
}
_BACK_DATED, _REACH, _EVERY = timedelta(days=35), timedelta(days=60), timedelta(hours=4)
_WAIT = 60.0
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


def fetch_returns(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """What was read already in the last report is not fetched again; the token is the report that is being made."""
    if token:
        return _made(client, documents.look_at(client, token))
    now = datetime.now(timezone.utc)
    report = documents.newest(client, KIND, now - _EVERY)
    if report:
        made = values.moment(report.get("createdTime"))
        return Page() if since and made and made < since else _made(client, report)
    begin = max(min(since or now, now - _BACK_DATED), now - _REACH)
    return Page(next=documents.ask_for(client, KIND, begin, min(until or now, now)), wait=_WAIT)


def _made(client, report) -> Page:
    """One that was cancelled has nothing to tell; one that failed is asked for anew, and goes back as far."""
    state = values.text(report.get("processingStatus"))
    if state in ("IN_QUEUE", "IN_PROGRESS"):
        return Page(next=values.identifier(report.get("reportId")), wait=_WAIT)
    return Page(items=tuple(_raws(documents.download(client, report).body))) if state == "DONE" else Page()


def _raws(body: bytes) -> Iterator[Raw]:
    """Filed order by order without being understood, in the words of the report."""
    by_order: dict[str, list[dict[str, str]]] = {}
    for row in _rows(body):
        by_order.setdefault(row["order-id"] or f"?{row['license-plate-number']}", []).append(row)
    for order, rows in by_order.items():
        written = "\n".join("\t".join(cells) for cells in (_COLUMNS, *(row.values() for row in rows))).encode()
        yield Raw(external_id=order, version=_version(rows), body=written)


def _rows(body: bytes) -> list[dict[str, str]]:
    """[{column: cell}] Unreadable. What a buyer wrote stands last and may contain tabs."""
    table = Table(Source.of(body), *NEEDED)
    width, found = len(table.names), []
    for number, cells in table.source.rows():
        if number > table.index + 1 and any(cells):
            cells = [*cells[: width - 1], " ".join(cells[width - 1 :])] + [""] * (width - len(cells))
            found.append({name: _cell(table, cells, name) for name in _COLUMNS})
    return found


def _cell(table: Table, cells: Sequence[str], name: str) -> str:
    return " ".join(cells[table.columns[name]].split()) if name in table else ""


def _version(rows: Sequence[dict[str, str]]) -> str:
    """The last day on it, as far as it can be read; a digest tells two states apart."""
    moments = []
    for row in rows:
        try:
            moments.append(values.moment(row["return-date"]) or _NEVER)
        except Unreadable:
            continue
    digest = hashlib.sha256("\n".join(sorted("\t".join(row.values()) for row in rows)).encode()).hexdigest()[:8]
    return f"{values.written(max(moments, default=_NEVER))}~{digest}"


def parse_return(body: bytes) -> ReturnNotice:
    """Unreadable."""
    rows = _rows(body)
    orders = {row["order-id"] for row in rows}
    if len(orders) != 1 or not any(orders):
        raise Unreadable("This is not a return of one order.")
    (order,) = orders
    units: dict[str, ReturnedUnits] = {}
    for row in rows:
        read = _units(row)
        # The same plate twice is the same unit, as it stood last; of units without one each row counts.
        if not row["license-plate-number"]:
            key, number = read.external_id, 2
            while key in units:
                key, number = f"{read.external_id}/{number}", number + 1
            read = _units(row, key)
        units[read.external_id] = read
    return ReturnNotice(
        external_id=values.identifier(order),
        order_id=values.identifier(order),
        number=order,
        version=_version(rows),
        created_at=min((unit.at for unit in units.values() if unit.at), default=None),
        state="received",
        reason="; ".join(dict.fromkeys(unit.reason for unit in units.values() if unit.reason)),
        returned=tuple(units.values()),
    )


def _units(row: dict[str, str], key: str = "") -> ReturnedUnits:
    quantity = row["quantity"] or "1"
    if not (quantity.isdecimal() and quantity.isascii()) or not 0 < int(quantity) < 10**6:
        raise Unreadable("The report states no whole number of units that came back.")
    if not row["sku"]:
        raise Unreadable("The report does not say which article came back.")
    plain = f"{row['sku']} {row['return-date']} {row['detailed-disposition']}"
    return ReturnedUnits(
        external_id=values.identifier(key or row["license-plate-number"] or plain),
        sku=values.identifier(row["sku"]),
        quantity=Decimal(quantity),
        condition=_CONDITIONS.get(row["detailed-disposition"].upper(), "unknown"),
        words=row["detailed-disposition"],
        is_paid=row["status"].casefold() == "reimbursed",
        reason=": ".join(filter(None, (row["reason"].replace("_", " ").capitalize(), row["customer-comments"]))),
        at=values.moment(row["return-date"]),
    )
