"""Shopify's export of payment transactions (CSV), with and without the column of the payout's number.

Without it, what was paid out on one day in one currency is one payout. Rows that are not paid out yet belong to none.
Amount less Fee is Net; "Presentment Amount" has no sign on refunds and is not used.
"""

from collections.abc import Iterator

from ..records import Settlement, SettlementLine
from ..reports.amounts import identifier, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading
from .settlement_kinds import family
from .settlements import STATES

NEEDED = ("transaction date", "type", "order", "payout status", "payout date", "amount", "fee", "net", "currency")


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    payouts: dict[str, Settlement] = {}
    for number, row in Table(source, *NEEDED).records():
        line = _line(number, row)
        yield line
        key = line.settlement_id
        if key and (key not in payouts or line.family == PAYOUT):
            payouts[key] = Settlement(
                external_id=key,
                number=key,
                currency=line.currency,
                amount=-line.net if line.family == PAYOUT else None,
                paid_at=maybe(row["payout date"]),
                state=STATES.get(row["payout status"], "open"),
            )
    yield from payouts.values()


def _line(number: int, row: dict[str, str]) -> SettlementLine:
    order = row["order"]
    return SettlementLine(
        external_id=str(number),
        settlement_id=_payout(row),
        kind=row["type"],
        family=family(row["type"]),
        amount=money(row["amount"]),
        fee=money(row["fee"]),
        net=money(row["net"]),
        currency=row["currency"],
        order_number=order,
        payment_id=row.get("checkout", "").removeprefix("#"),
        at=maybe(row["transaction date"]),
        name=row.get("payment method name", ""),
    )


def _payout(row: dict[str, str]) -> str:
    if not row["payout date"]:
        return ""
    return identifier(row.get("payout id", "")) or f"{row['payout date']}/{row['currency']}"


FORMAT = Format(
    code="shopify_transactions",
    name="Shopify export of payment transactions",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
