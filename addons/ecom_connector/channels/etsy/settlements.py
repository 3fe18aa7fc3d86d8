"""Etsy's monthly statement: no payout has lines of its own, the balance is carried from month to month.

Amount and "Fees & Taxes" make Net; a deposit only says in its title what was paid out. Rows that look alike are all
real. Sales tax is inside the sale and taken out by a row of its own.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import is_spoiled, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import moment
from ..reports.source import Source
from ..reports.table import Table, heading

NEEDED = ("date", "type", "title", "info", "currency", "amount", "fees & taxes", "net")
ORDER = re.compile(r"[Oo]rder #\s*([0-9.,E+]+)")
MONEY = re.compile(r"[-−]?[$€£¥A-Z ]*[0-9][0-9.,]*")
BY_TITLE = (
    (re.compile(r"transaction fee|regulatory operating fee"), "commission"),
    (re.compile(r"processing fee"), "payment_fee"),
    (re.compile(r"listing fee|auto-renew|subscription"), "subscription"),
    (re.compile(r"offsite ads|etsy ads|promoted"), "advertising"),
    (re.compile(r"sales tax|lodging tax|gst paid|vat paid by buyer"), "remitted_tax"),
)
BY_TYPE = {
    "sale": "sale",
    "refund": "refund",
    "shipping": "label",
    "marketing": "advertising",
    "fee": "other_fee",
    "tax": "other_fee",
    "buyer fee": "remitted_tax",
}


def read(source: Source) -> Iterator[Item]:
    """One settlement a month and currency, without a payout of its own: its deposits are lines. Unreadable."""
    table = Table(source, *NEEDED)
    months: dict[str, list[datetime]] = {}
    for number, row in table.records():
        at = moment(row["date"], zone=source.answers.get("zone", "UTC"))
        key = f"{at:%Y-%m}/{row['currency']}"
        months.setdefault(key, []).append(at)
        months[key] = [min(months[key]), max(months[key])]
        line = _line(number, row, key, at)
        yield line
        if is_spoiled(line.order_id):
            yield Flaw(code="spoiled", text=f"Order number {line.order_id}", settlement_id=key, row=number)
    for key, (first, last) in months.items():
        currency = key.partition("/")[2]
        yield Settlement(
            external_id=key, number=key, currency=currency, begins_at=first, ends_at=last, is_statement=True
        )


def _line(number: int, row: dict[str, str], key: str, at: datetime) -> SettlementLine:
    amount, fee, net = money(row["amount"]), -money(row["fees & taxes"]), money(row["net"])
    kind, family = row["type"], _family(row["type"], row["title"])
    if kind == "Deposit" and net == ZERO:
        family, amount = PAYOUT, -_in_words(row["title"])
        net = amount
    order = ORDER.search(row["title"]) or ORDER.search(row["info"])
    return SettlementLine(
        external_id=str(number),
        settlement_id=key,
        kind=kind,
        detail=_detail(row["title"]),
        family=family,
        # A row of fees carries nothing else: it is an amount of its own, not the fee of another.
        amount=net if not amount else amount,
        fee=fee if amount else ZERO,
        net=net,
        currency=row["currency"],
        order_id=order[1] if order else "",
        order_number=order[1] if order else "",
        at=at,
        name=" ".join(filter(None, (row["title"], row["info"]))),
    )


def _in_words(title: str) -> Decimal:
    found = MONEY.search(title)
    return money(found[0].strip().rstrip(".,")) if found else ZERO


def _detail(title: str) -> str:
    """The kind of fee without the item or the number it is for."""
    return re.split(r": (?!transaction|processing)|#|\$", title, maxsplit=1)[0].strip()


def _family(kind: str, title: str) -> str:
    if kind == "Payment":
        return "charged" if "card" in title.casefold() else "adjustment"
    title = title.casefold()
    return next((name for pattern, name in BY_TITLE if pattern.search(title)), BY_TYPE.get(kind.casefold(), "unknown"))


FORMAT = Format(
    code="etsy_statement",
    name="Etsy monthly statement",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
