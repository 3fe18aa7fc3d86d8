"""Stripe's itemised reports (payout reconciliation, balance change, ending balance): decimal units, columns of one's
own choice in any order. Rows without an automatic payout are in none yet, or were paid out by hand."""

from collections.abc import Iterator

from ..records import Settlement, SettlementLine
from ..reports.amounts import money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading
from .kinds import family

NEEDED = ("balance_transaction_id", "currency", "gross", "fee", "net", "reporting_category")
TIMES = {
    "created": ("created_utc", "created"),
    "paid": ("automatic_payout_effective_at_utc", "automatic_payout_effective_at"),
}


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED, aliases=TIMES)
    zone = source.answers.get("zone", "UTC")
    payouts: dict[str, Settlement] = {}
    for _number, row in table.records():
        line = _line(row, maybe(row.get("created", ""), zone=zone))
        yield line
        key = line.settlement_id
        if key and (key not in payouts or line.family == PAYOUT):
            is_payout = line.family == PAYOUT
            payouts[key] = Settlement(
                external_id=key,
                number=key,
                currency=line.currency,
                # The payout's own row takes the money off the balance.
                amount=-line.net if is_payout else None,
                paid_at=maybe(row.get("paid", ""), zone=zone),
                state="paid" if is_payout or row.get("paid") else "open",
            )
    yield from payouts.values()


def _line(row: dict[str, str], created) -> SettlementLine:
    kind = row["reporting_category"]
    return SettlementLine(
        external_id=row["balance_transaction_id"],
        settlement_id=row.get("automatic_payout_id", ""),
        kind=kind,
        # Network costs, Radar and so on are fees without an order, told apart by their text alone.
        detail=row.get("description", "").partition(": ")[2] if kind in ("fee", "network_cost") else "",
        family=family(kind),
        amount=money(row["gross"]),
        fee=money(row["fee"]),
        net=money(row["net"]),
        currency=row["currency"].upper(),
        order_number=row.get("payment_metadata[order_id]", ""),
        payment_id=row.get("payment_intent_id") or row.get("charge_id", ""),
        refund_id=row.get("source_id", "") if kind.startswith("refund") else "",
        at=created,
        name=row.get("description", ""),
    )


FORMAT = Format(
    code="stripe_itemized",
    name="Stripe itemised report",
    recognises=lambda source: not source.is_json and heading(source, *NEEDED) is not None,
    read=read,
)
