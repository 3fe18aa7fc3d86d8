"""PayPal's activity download and its monthly statement (CSV): a balance in each currency.

One settlement a currency and file: opening balance plus lines is the closing balance; what went to the bank are lines
of the family "payout". Fee is negative, Net = Gross + Fee. The running balance holds in the order of the file, newest
or oldest first; a row that does not move it is a memo (pending, denied, a hold told twice).
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ..errors import Unreadable
from ..records import Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.families import MEMO
from ..reports.formats import Format, Item
from ..reports.moments import REGIONS, date_order, moment
from ..reports.source import Source
from ..reports.table import Table, translated
from .headings import COLUMNS, MEMO_WORDS, NEEDED, POINT, UNMOVED, family


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    names = translated(source, COLUMNS, NEEDED)
    if names is None:
        raise Unreadable("This report lacks the columns it should have.")
    table = Table(source, *names, aliases=COLUMNS)
    english = names[0] in POINT
    decimal = source.answers.get("decimal", "." if english else ",")
    order = source.answers.get("date_order") or date_order(row["date"] for _number, row in table.records())
    if not order:
        order = "mdy" if english else "dmy"
        if english and any(True for _row in table.rows()):
            yield Flaw(code="dates", text="Day and month cannot be told apart; month first was assumed.")
    rows = [(number, row, _at(row, order)) for number, row in table.records()]
    newest_first = len(rows) > 1 and rows[0][2] > rows[-1][2]
    rows = rows[::-1] if newest_first else rows
    for currency in dict.fromkeys(row["currency"] for _number, row, _at in rows):
        own = [entry for entry in rows if entry[1]["currency"] == currency]
        yield from _account(currency, own, decimal)


def _account(currency: str, rows: list, decimal: str) -> Iterator[Item]:
    """The lines of one currency, oldest first, then what its balance was before and after."""
    first, last = rows[0][2], rows[-1][2]
    key = f"{currency}/{first:%Y-%m-%d}/{last:%Y-%m-%d}"
    opening = balance = None
    for number, row, at in rows:
        gross, fee, net = money(row["gross"], decimal), -money(row["fee"], decimal), money(row["net"], decimal)
        after = money(row["balance"], decimal) if row["balance"] else balance
        moves = _moves(row, net, balance, after)
        if moves and balance is None and after is not None:
            opening = balance = after - net
        if moves and balance is not None:
            if row["balance"] and after - balance != net:
                text = f"The balance goes from {balance} to {after}, the line says {net}."
                yield Flaw(code="balance", text=text, settlement_id=key, row=number)
            balance = after if row["balance"] else balance + net
        yield _line(number, row, at, key, gross, fee, net, moves)
        if is_spoiled(row["transaction id"]):
            yield Flaw(code="spoiled", text=row["transaction id"], settlement_id=key, row=number)
    yield Settlement(
        external_id=key,
        number=key,
        currency=currency,
        opening=opening,
        closing=balance,
        is_statement=True,
        begins_at=first,
        ends_at=last,
    )


def _moves(row: dict[str, str], net: Decimal, before: Decimal | None, after: Decimal | None) -> bool:
    """A pending withdrawal has left the balance already; a denied payment never entered it."""
    if row.get("impact", "").casefold() in MEMO_WORDS:
        return False
    if before is not None and row["balance"] and net:
        return after != before
    return row.get("status", "").casefold() not in UNMOVED


def _line(number, row, at, key, gross, fee, net, moves) -> SettlementLine:
    kind = row.get("type", "")
    return SettlementLine(
        external_id=str(number),
        settlement_id=key,
        kind=kind,
        family=family(kind, gross) if moves else MEMO,
        amount=gross,
        fee=fee,
        net=net,
        currency=row["currency"],
        order_number=identifier(row.get("invoice", "") or row.get("custom", "")),
        payment_id=row["transaction id"],
        refund_id=row.get("reference", ""),
        at=at,
        name=row.get("status", ""),
    )


def _at(row: dict[str, str], order: str) -> datetime:
    zone = REGIONS.get(row.get("timezone", "").casefold(), row.get("timezone", ""))
    text = " ".join(filter(None, (row["date"], row.get("time", ""))))
    return (
        moment(text, order, zone)
        if "/" in zone
        else moment(f"{text} {zone}".strip() if row.get("time") else text, order)
    )


FORMAT = Format(
    code="paypal_activity",
    name="PayPal activity download",
    recognises=lambda source: not source.is_json and translated(source, COLUMNS, NEEDED) is not None,
    read=read,
)
