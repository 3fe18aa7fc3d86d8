"""Shopify Payments by its API: a payout and its balance transactions, one JSON document.

{"payout": {...}, "transactions": [...]}, as /shopify_payments/payouts/{id}.json and
/shopify_payments/balance/transactions.json?payout_id= answer, or only one of the two. amount is signed, fee a cost,
net = amount - fee; the line of type "payout" takes the money off the balance.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.papers import of_json
from ..reports.source import Source
from .settlement_kinds import family
from .settlements_fetch import fetch_settlements  # noqa: F401 the rest of this noun

SUMMED = ("adjustments", "charges", "refunds", "reserved_funds", "retried_payouts")
STATES = {"paid": "paid", "failed": "failed", "canceled": "failed", "cancelled": "failed"}


@of_json
def read_report(source: Source) -> Iterator[Item]:
    """Unreadable."""
    body = source.json
    stated = [*body.get("payouts", []), *([body["payout"]] if "payout" in body else [])]
    known = set()
    for payout in stated:
        settlement = _settlement(payout)
        known.add(settlement.external_id)
        yield settlement
        yield from _summary(payout, settlement)
    only = next(iter(known)) if len(known) == 1 else ""
    yield from _lines(body.get("transactions", []), only, known)


def _settlement(payout: dict) -> Settlement:
    return Settlement(
        external_id=str(payout["id"]),
        number=str(payout["id"]),
        currency=payout["currency"],
        amount=_money(payout["amount"]),
        paid_at=maybe(payout.get("date") or ""),
        state=STATES.get(payout["status"], "open"),
    )


def _summary(payout: dict, settlement: Settlement) -> Iterator[Flaw]:
    """What was taken of each kind, less the fees of each, is the payout."""
    summary = payout.get("summary")
    if not summary:
        return
    gross = sum((_money(summary[f"{name}_gross_amount"]) for name in SUMMED), ZERO)
    fees = sum((_money(summary[f"{name}_fee_amount"]) for name in SUMMED), ZERO)
    if gross - fees != settlement.amount:
        text = f"{gross} less fees of {fees} is not the payout of {settlement.amount}."
        yield Flaw(code="sum", text=text, settlement_id=settlement.external_id)


def _lines(entries: list, only: str, known: set[str]) -> Iterator[Item]:
    payouts: dict[str, Settlement] = {}
    for entry in entries:
        line = _line(entry, only)
        if entry.get("test"):
            continue
        yield line
        if line.settlement_id and line.settlement_id not in known:
            paid = line.family == PAYOUT
            if paid or line.settlement_id not in payouts:
                payouts[line.settlement_id] = Settlement(
                    external_id=line.settlement_id,
                    number=line.settlement_id,
                    currency=line.currency,
                    amount=-line.net if paid else None,
                    state=STATES.get(entry.get("payout_status") or "", "open"),
                )
    yield from payouts.values()


def _line(entry: dict, only: str) -> SettlementLine:
    kind, order = entry["type"], entry.get("source_order_id")
    payout = entry.get("payout_id") or only
    return SettlementLine(
        external_id=str(entry["id"]),
        settlement_id=str(payout or ""),
        kind=kind,
        detail=entry.get("source_type") or "",
        family=family(kind),
        amount=_money(entry["amount"]),
        fee=_money(entry["fee"]),
        net=_money(entry["net"]),
        currency=entry["currency"],
        order_id=str(order or ""),
        payment_id=str(entry.get("source_order_transaction_id") or ""),
        refund_id=str(entry.get("source_id") or "") if kind.startswith("refund") else "",
        at=maybe(entry.get("processed_at") or ""),
    )


def _money(value) -> Decimal:
    if not isinstance(value, str):
        raise TypeError
    return money(value)


def _recognises(source: Source) -> bool:
    body = source.json if source.is_json else None
    if not isinstance(body, dict):
        return False
    rows = body.get("transactions")
    first = rows[0] if isinstance(rows, list) and rows else None
    has_lines = isinstance(first, dict) and "source_order_transaction_id" in first
    payouts = body.get("payouts") or [body.get("payout")]
    paper = payouts[0] if isinstance(payouts, list) and payouts else None
    return has_lines or (isinstance(paper, dict) and "summary" in paper and "status" in paper)


FORMAT = Format(code="shopify_api", name="Shopify Payments payout", recognises=_recognises, read=read_report)
