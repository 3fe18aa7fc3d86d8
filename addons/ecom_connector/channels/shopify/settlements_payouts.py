"""Shopify's export of payouts (CSV): one row a payout, with the sums of what it is made of.

Charges and refunds carry their signs; whether Fees do is not written down anywhere, so the row's own total says.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, money
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading
from .settlements import STATES

NEEDED = ("payout date", "status", "charges", "refunds", "fees", "total", "currency")
FAMILIES = {
    "charges": "sale",
    "refunds": "refund",
    "adjustments": "adjustment",
    "reserved funds": "reserve",
    "retried amount": "carried",
    "advances": "loan",
    "fees": "payment_fee",
}


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED)
    parts = [name for name in FAMILIES if name in table]
    for number, row in table.records():
        total = money(row["total"])
        key = identifier(row.get("payout id", "")) or f"{row['payout date']}/{row['currency']}"
        yield Settlement(
            external_id=key,
            number=key,
            currency=row["currency"],
            amount=total,
            paid_at=maybe(row["payout date"]),
            state=STATES.get(row["status"].casefold(), "open"),
        )
        found = {name: money(row[name]) for name in parts}
        rest = sum((value for name, value in found.items() if name != "fees"), ZERO)
        if rest - found["fees"] == total:
            found["fees"] = -found["fees"]
        elif rest + found["fees"] != total:
            yield Flaw(code="row", text=f"The parts do not come to {total}.", settlement_id=key, row=number)
        yield from (_line(number, name, value, key, row) for name, value in found.items() if value)


def _line(number: int, name: str, value: Decimal, key: str, row: dict[str, str]) -> SettlementLine:
    return SettlementLine(
        external_id=f"{number}/{name}",
        settlement_id=key,
        kind="payout",
        detail=name,
        family=FAMILIES[name],
        amount=value,
        net=value,
        currency=row["currency"],
        at=maybe(row["payout date"]),
    )


FORMAT = Format(
    code="shopify_payouts",
    name="Shopify export of payouts",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
