"""Klarna's settlements API: a payout with totals, and its transactions; whole minor units, without signs.

{"payout": {...}, "transactions": [...]}, as GET /settlements/v1/payouts/{reference} and .../transactions answer.
The CSV is whatever the merchant chose in Klarna's portal, so it is read by described columns (reports/mapper.py).
"""

from collections.abc import Iterator

from ..records import Settlement, SettlementLine
from ..reports.amounts import minor
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.papers import of_json
from ..reports.source import Source

# type -> (family, sign of an amount that is stated without one)
KINDS = {
    "SALE": ("sale", 1),
    "RETURN": ("refund", -1),
    "FEE": ("payment_fee", -1),
    "COMMISSION": ("commission", -1),
    "TAX": ("payment_fee", -1),
    "FEE_CORRECTION": ("payment_fee", 1),
    "CORRECTION": ("adjustment", 1),
    "REVERSAL": ("dispute", -1),
    "REVERSAL_MERCHANT_PROTECTION": ("dispute", 1),
    "HOLDBACK": ("reserve", -1),
    "RELEASE": ("reserve", 1),
    "REPAY": ("carried", -1),
    "CHARGE": ("charged", 1),
    "CREDIT": ("adjustment", 1),
}


@of_json
def read_report(source: Source) -> Iterator[Item]:
    """Unreadable."""
    body = source.json
    payout = body["payout"]
    yield _settlement(payout)
    for number, entry in enumerate(body["transactions"], 1):
        yield _line(number, entry, payout["payment_reference"])


def _settlement(payout: dict) -> Settlement:
    currency = payout["currency_code"].upper()
    return Settlement(
        external_id=payout["payment_reference"],
        number=payout["payment_reference"],
        currency=currency,
        amount=minor(payout["totals"]["settlement_amount"], currency),
        paid_at=maybe(payout.get("payout_date") or ""),
        reference=payout["payment_reference"],
    )


def _line(number: int, entry: dict, settlement: str) -> SettlementLine:
    kind = entry["type"].upper()
    family, sign = KINDS.get(kind, ("unknown", 1))
    currency = entry["currency_code"].upper()
    amount = minor(entry["amount"], currency) * sign
    return SettlementLine(
        external_id=str(number),
        settlement_id=settlement,
        kind=kind,
        detail=entry.get("detailed_type") or "",
        family=family,
        amount=amount,
        net=amount,
        currency=currency,
        order_id=entry.get("order_id") or "",
        order_number=entry.get("merchant_reference1") or "",
        payment_id=entry.get("capture_id") or "",
        refund_id=entry.get("refund_id") or "",
        tax=minor(entry["vat_amount"], currency) if isinstance(entry.get("vat_amount"), int) else None,
        at=maybe(entry.get("capture_date") or entry.get("sale_date") or ""),
    )


def _recognises(source: Source) -> bool:
    body = source.json if source.is_json else None
    payout = body.get("payout") if isinstance(body, dict) else None
    return isinstance(payout, dict) and "payment_reference" in payout and "totals" in payout


FORMAT = Format(code="klarna", name="Klarna payout", recognises=_recognises, read=read_report)
