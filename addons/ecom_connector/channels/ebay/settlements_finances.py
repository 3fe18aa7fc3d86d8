"""eBay's Finances API: {"transactions": [...]} and {"payouts": [...]}, together or alone.

Amounts have no sign, `bookingEntry` says it. The amount of a sale is what is left after the fees: the fees stand in
`totalFeeAmount`. A transaction without `payoutId` is in no payout yet.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..records import ZERO, Settlement, SettlementLine
from ..reports.amounts import money
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.papers import of_json
from ..reports.source import Source

FAMILIES = {
    "SALE": "sale",
    "REFUND": "refund",
    "CREDIT": "adjustment",
    "DISPUTE": "dispute",
    "NON_SALE_CHARGE": "other_fee",
    "SHIPPING_LABEL": "label",
    "TRANSFER": "charged",
    "ADJUSTMENT": "adjustment",
    "LOAN_REPAYMENT": "loan",
    "WITHDRAWAL": "payout",
}
STATES = {"SUCCEEDED": "paid", "REVERSED": "failed", "TERMINAL_FAILED": "failed"}


@of_json
def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    body = source.json
    known = set()
    for payout in body.get("payouts", []):
        known.add(payout["payoutId"])
        yield Settlement(
            external_id=payout["payoutId"],
            number=payout["payoutId"],
            currency=payout["amount"]["currency"],
            amount=_money(payout["amount"]),
            paid_at=maybe(payout.get("payoutDate") or ""),
            state=STATES.get(payout.get("payoutStatus"), "open"),
            reference=payout.get("payoutReference") or "",
        )
    for entry in body.get("transactions", []):
        line = _line(entry)
        yield line
        if line.settlement_id and line.settlement_id not in known:
            known.add(line.settlement_id)
            yield Settlement(external_id=line.settlement_id, currency=line.currency, state="open")


def _line(entry: dict) -> SettlementLine:
    kind, sign = entry["transactionType"], -1 if entry["bookingEntry"] == "DEBIT" else 1
    net = sign * _money(entry["amount"])
    fee = _money(entry.get("totalFeeAmount"))
    # A refund gives fees back; they stand without a sign as well.
    fee = fee if kind == "SALE" else -fee if kind == "REFUND" else ZERO
    return SettlementLine(
        external_id=entry["transactionId"],
        settlement_id=entry.get("payoutId") or "",
        kind=kind,
        detail=entry.get("feeType") or "",
        family=_family(kind, entry.get("feeType") or ""),
        amount=net + fee,
        fee=fee,
        net=net,
        currency=entry["amount"]["currency"],
        order_id=entry.get("orderId") or "",
        order_number=entry.get("orderId") or "",
        payment_id=entry["transactionId"],
        at=maybe(entry.get("transactionDate") or ""),
        name=entry.get("transactionMemo") or "",
    )


def _family(kind: str, fee: str) -> str:
    if kind == "NON_SALE_CHARGE" and "AD" in fee.split("_"):
        return "advertising"
    return FAMILIES.get(kind, "unknown")


def _money(value: dict | None) -> Decimal:
    return money(value["value"]) if value else ZERO


def _recognises(source: Source) -> bool:
    body = source.json if source.is_json else None
    if not isinstance(body, dict):
        return False
    for name, mark in (("transactions", "bookingEntry"), ("payouts", "payoutStatus")):
        rows = body.get(name)
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and mark in rows[0]:
            return True
    return False


FORMAT = Format(code="ebay_finances", name="eBay Finances transactions", recognises=_recognises, read=read)
