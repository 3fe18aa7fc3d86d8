"""Trustly's P11KFUN (what a deposit is made of) and P11KREC (reconciliation): record types, no headings.

H heading, I or T transactions, F the deposit (5: currency, 6: amount, 8: day), L trailer (records, sum, and in a
funding report: deposits, their sum). Columns as observed in published samples; there is no public description.
"""

from collections.abc import Iterator

from ..errors import Unreadable
from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import money
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source

REPORTS = ("P11KFUN", "P11KREC")
# Record -> places of amount, currency and fee; of the words and ids they share.
PLACES = {"I": (15, 14, -1), "T": (14, 13, None)}


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    heading, key, moved, count, currency, deposit = None, "", ZERO, 0, "", None
    for number, row in source.rows():
        try:
            if heading is None:
                heading, key, _last = row, f"{row[1]}/{row[3]}", row[4]
            elif row and row[0] in PLACES:
                line = _line(number, row, key)
                moved, count, currency = moved + line.amount, count + 1, line.currency
                yield line
            elif row and row[0] == "F":
                deposit, _last = row, row[7]
            elif row and row[0] == "L":
                yield from _trailer(row, key, moved, count)
        except IndexError:
            raise Unreadable(f"Row {number} of this report is shorter than it should be.")
    if heading is None:
        raise Unreadable("This report is empty.")
    yield Settlement(
        external_id=key,
        number=key,
        currency=deposit[4] if deposit else currency,
        amount=money(deposit[5]) if deposit else None,
        begins_at=maybe(heading[3]),
        ends_at=maybe(heading[4]),
        paid_at=maybe(deposit[7]) if deposit else None,
        state="paid" if deposit else "open",
    )


def _line(number: int, row: list[str], key: str) -> SettlementLine:
    at_amount, at_currency, at_fee = PLACES[row[0]]
    amount, fee = money(row[at_amount]), ZERO if at_fee is None else -money(row[at_fee])
    kind = row[10]
    return SettlementLine(
        external_id=row[1] or str(number),
        settlement_id=key,
        kind=kind,
        family={"Capture": "sale", "Refund": "refund", "Reclaim": "dispute"}.get(kind, "unknown"),
        amount=amount,
        fee=fee,
        net=amount - fee,
        currency=row[at_currency],
        payment_id=row[1],
        at=maybe(row[2]),
    )


def _trailer(row: list[str], key: str, moved, count) -> Iterator[Flaw]:
    if money(row[2]) != moved:
        text = f"It states a sum of {row[2]}, its lines come to {moved}."
        yield Flaw(code="sum", text=text, settlement_id=key)
    if row[1].isdecimal() and int(row[1]) != count:
        yield Flaw(code="count", text=f"It says that it has {row[1]} records, and has {count}.", settlement_id=key)


FORMAT = Format(
    code="trustly",
    name="Trustly report",
    recognises=lambda source: bool(source.start) and source.start[0][:2] in (["H", name] for name in REPORTS),
    read=read,
)
