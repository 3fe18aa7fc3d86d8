"""Amazon's date-range (transaction) report: one row an order item and event, its amounts in columns, a total each.

A preamble stands above; headings, types and months are in the language of the marketplace. A settlement is complete
when its Transfer stands in the report. What is deferred is in no payout yet.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..errors import Unreadable
from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, translated
from .headings import COLUMNS, DEFERRED, FAMILIES, LAST_WORDS, PAYOUTS, POINT
from .kinds import family

CODES = frozenset("USD CAD MXN BRL EUR GBP SEK PLN TRY JPY AUD SGD INR AED SAR EGP".split())
NEEDED = ("date/time", "settlement id", "type", "order id", "total")


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    names = translated(source, COLUMNS, NEEDED)
    if names is None:
        raise Unreadable("This report lacks the columns it should have.")
    table = Table(source, *names, aliases=COLUMNS)
    english = names[0] in POINT
    decimal = source.answers.get("decimal", "." if english else ",")
    amounts = _amounts(table)
    currency = _currency(table)
    seen: dict[str, Decimal | None] = {}
    for number, row in table.records():
        key = identifier(row["settlement id"])
        lines = [*_lines(number, row, key, amounts, decimal, currency, "mdy" if english else "dmy")]
        seen.setdefault(key, None)
        for line in lines:
            if line.family == PAYOUT:
                seen[key] = (seen[key] or ZERO) - line.net
        total = money(row["total"], decimal)
        if sum((line.net for line in lines), ZERO) != total:
            yield Flaw(code="row", text=f"The parts do not come to {total}.", settlement_id=key, row=number)
        if is_spoiled(row["order id"]) or is_spoiled(key):
            yield Flaw(code="spoiled", text=f"Order number {row['order id']}", settlement_id=key, row=number)
        yield from lines
    for key, amount in seen.items():
        if key:
            state = "open" if amount is None else "paid"
            yield Settlement(external_id=key, number=key, currency=currency, amount=amount, state=state)


def _amounts(table: Table) -> list[str]:
    """The columns between the words and the total. Unreadable."""
    end = table.columns["total"]
    known = [table.columns[name] for name in (*LAST_WORDS, "quantity") if name in table]
    first = max((index for index in known if index < end), default=None)
    if first is None:
        raise Unreadable("It does not show where the amounts of this report begin.")
    return [name for name in table.names[first + 1 : end] if name]


def _currency(table: Table) -> str:
    words = " ".join(cell for row in table.before for cell in row).replace(",", " ").replace(".", " ").split()
    return next((word for word in words if word in CODES), "")


def _lines(number, row, key, amounts, decimal, currency, order) -> Iterator[SettlementLine]:
    kind = row["type"]
    deferred = row.get("status", "").casefold() in DEFERRED
    found = [(name, money(row[name], decimal)) for name in amounts]
    found = [(name, value) for name, value in found if value]
    for part, (name, value) in enumerate(found, 1):
        yield SettlementLine(
            external_id=f"{number}.{part}" if len(found) > 1 else str(number),
            settlement_id="" if deferred else key,
            kind=kind,
            detail=name if row["order id"] else f"{name}/{row.get('description', '')}",
            family=_family(kind, name, row.get("description", "")),
            amount=value,
            net=value,
            currency=currency,
            order_id=identifier(row["order id"]),
            order_number=identifier(row["order id"]),
            sku=row.get("sku", ""),
            quantity=Decimal(row["quantity"]) if row.get("quantity", "").isdecimal() else None,
            at=maybe(row["date/time"], order),
            name=row.get("description", ""),
        )


def _family(kind: str, column: str, description: str) -> str:
    if kind.casefold() in PAYOUTS:
        return PAYOUT
    found = FAMILIES.get(column, "")
    if found and found != "other_fee":
        return found
    told = family(kind, "", description)
    return told if told != "unknown" else found or "unknown"


FORMAT = Format(
    code="amazon_date_range",
    name="Amazon date-range report",
    recognises=lambda source: not source.is_json and translated(source, COLUMNS, NEEDED) is not None,
    read=read,
)
