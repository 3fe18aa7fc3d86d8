"""Stripe's balance transactions: amounts in whole minor units, as the API lists them and as tools export its tables.

{"data": [...]} or {"balance_transactions": [...]}, with "payout" beside it when they were asked for one payout; or a
table with the same names, where `payout_id` says which payout a transaction is in.
"""

from collections.abc import Iterator
from datetime import datetime, timezone

from ..records import Settlement, SettlementLine
from ..reports.amounts import minor
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.papers import of_json
from ..reports.source import Source
from ..reports.table import Table, heading
from .kinds import family

NEEDED = ("id", "amount", "fee", "net", "type", "currency", "source")


@of_json
def read_report(source: Source) -> Iterator[Item]:
    """Unreadable."""
    if not source.is_json:
        rows = (row for _number, row in Table(source, *NEEDED).records())
        payout = None
    else:
        body = source.json
        rows, payout = _listed(body), body.get("payout")
    if payout:
        yield _settlement(payout)
    known: dict[str, Settlement] = {}
    for row in rows:
        line = _line(row, payout["id"] if payout else str(row.get("payout_id") or ""))
        yield line
        if line.settlement_id and not payout:
            stated = -line.net if line.family == PAYOUT else None
            before = known.get(line.settlement_id)
            if before is None or stated is not None:
                known[line.settlement_id] = _from_line(line, stated)
    yield from known.values()


def _listed(body: dict) -> list:
    found = body.get("balance_transactions", body.get("data"))
    found = found.get("data") if isinstance(found, dict) else found
    if not isinstance(found, list):
        raise TypeError
    return found


def _settlement(payout: dict) -> Settlement:
    return Settlement(
        external_id=payout["id"],
        number=payout["id"],
        currency=payout["currency"].upper(),
        amount=minor(payout["amount"], payout["currency"]),
        paid_at=at(payout.get("arrival_date")),
        begins_at=at(payout.get("created")),
        state={"paid": "paid", "failed": "failed", "canceled": "failed"}.get(payout.get("status"), "open"),
        reference=payout.get("statement_descriptor") or "",
    )


def _from_line(line: SettlementLine, amount) -> Settlement:
    """A payout that is known from the transactions alone."""
    return Settlement(
        external_id=line.settlement_id,
        number=line.settlement_id,
        currency=line.currency,
        amount=amount,
        paid_at=line.at if amount is not None else None,
        state="open" if amount is None else "paid",
    )


def _line(row: dict, settlement: str) -> SettlementLine:
    currency, kind = row["currency"].upper(), row.get("reporting_category") or row["type"]
    origin = row.get("source") or ""
    origin = origin if isinstance(origin, str) else origin["id"]
    return SettlementLine(
        external_id=row["id"],
        settlement_id=settlement,
        kind=kind,
        family=family(kind),
        amount=minor(row["amount"], currency),
        fee=minor(row["fee"], currency),
        net=minor(row["net"], currency),
        currency=currency,
        payment_id=origin if origin.startswith(("ch_", "py_", "pi_")) else "",
        refund_id=origin if origin.startswith(("re_", "pyr_")) else "",
        at=at(row.get("created")),
        name=row.get("description") or "",
    )


def at(value) -> datetime | None:
    """Seconds since 1970, or a table's text."""
    if isinstance(value, int):
        return datetime.fromtimestamp(value, timezone.utc)
    return maybe(value or "")


def _recognises(source: Source) -> bool:
    if not source.is_json:
        return heading(source, *NEEDED) is not None
    body = source.json
    rows = body.get("balance_transactions", body.get("data")) if isinstance(body, dict) else None
    rows = rows.get("data") if isinstance(rows, dict) else rows
    first = rows[0] if isinstance(rows, list) and rows else {}
    return isinstance(first, dict) and first.get("object") == "balance_transaction"


FORMAT = Format(
    code="stripe_transactions", name="Stripe balance transactions", recognises=_recognises, read=read_report
)
