"""Payouts of eBay, fetched: each with all its transactions, as the reader of settlements_finances.py knows them."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from .. import rows
from ..records import Page, Raw
from .settlements_finances import read as read_report  # noqa: F401 the rest of this noun
from .values import moment as written

_PAYOUTS = "/sell/finances/v1/payout"
_TRANSACTIONS = "/sell/finances/v1/transaction"
_PAGE, _LINES = 20, 1000
# What eBay still holds may change; these will not (contract).
_READY = ("SUCCEEDED", "REVERSED", "TERMINAL_FAILED")
# A question reaches 90 days (contract).
_REACH = timedelta(days=90)


def fetch_settlements(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Payouts of that time, oldest first."""
    now, offset = datetime.now(timezone.utc), int(token or 0)
    begin = since or now - _REACH
    params = {
        "filter": f"payoutDate:[{written(begin)}..{written(min(until or now, begin + _REACH))}]",
        "sort": "payoutDate",
        "limit": _PAGE,
        "offset": offset,
    }
    answer = client.get(client.money(_PAYOUTS), params, what="Fetching payouts")
    if not answer.body:
        return Page()
    found = rows.load(answer.body)
    payouts = rows.rows(found.get("payouts"))
    ready = [row for row in payouts if rows.text(row.get("payoutStatus")) in _READY]
    more = payouts and offset + len(payouts) < rows.whole(found.get("total"))
    return Page(items=tuple(_raw(client, row) for row in ready), next=str(offset + len(payouts)) if more else "")


def _raw(client, payout: dict) -> Raw:
    number, paid = rows.identifier(payout.get("payoutId")), rows.moment(payout.get("payoutDate"))
    body = rows.dump({"payouts": [payout], "transactions": list(_lines(client, number))})
    version = f"{rows.written(paid or rows.NEVER)}~{rows.text(payout.get('payoutStatus')).lower()}"
    return Raw(external_id=number, version=version, body=body, updated_at=paid)


def _lines(client, payout: str) -> Iterator[dict]:
    offset = 0
    while True:
        params = {"filter": f"payoutId:{{{payout}}}", "limit": _LINES, "offset": offset}
        answer = client.get(client.money(_TRANSACTIONS), params, what=f"Fetching payout {payout}")
        found = rows.load(answer.body) if answer.body else {}
        lines = rows.rows(found.get("transactions"))
        yield from lines
        offset += len(lines)
        if not lines or offset >= rows.whole(found.get("total")):
            return
