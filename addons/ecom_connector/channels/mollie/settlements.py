"""Mollie's settlements (api.mollie.com/v2/settlements): months with revenue and costs of four decimals, a total of two.

Where payments, refunds, captures and chargebacks of the settlement stand beside it, they are the lines, and the
revenue only proves them. A lone list of balance transactions is in no settlement that it names.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import money
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.papers import of_json
from ..reports.source import Source

PARTS = {"payments": "sale", "captures": "sale", "refunds": "refund", "chargebacks": "dispute"}
BY_METHOD = {"refund": "refund", "chargeback": "dispute", "rolling-reserve": "reserve", "rollingreserve": "reserve"}
TYPES = {
    **dict.fromkeys(("payment", "capture"), "sale"),
    **dict.fromkeys(("refund", "returned-refund", "unauthorized-direct-debit"), "refund"),
    **dict.fromkeys(("chargeback", "chargeback-reversal"), "dispute"),
    **dict.fromkeys(("outgoing-transfer", "canceled-outgoing-transfer", "returned-transfer"), "payout"),
    **dict.fromkeys(("application-fee", "invoice-compensation", "post-payment-fee"), "payment_fee"),
    **dict.fromkeys(("rolling-reserve-hold", "rolling-reserve-release", "balance-reserve"), "reserve"),
    **dict.fromkeys(("balance-correction", "top-up", "split-payment", "platform-payment-refund"), "adjustment"),
}


@of_json
def read_report(source: Source) -> Iterator[Item]:
    """Unreadable."""
    body = source.json
    held = body.get("_embedded", {})
    if "balance_transactions" in held:
        yield from (_transaction(entry) for entry in held["balance_transactions"])
        return
    for settlement in held.get("settlements", [body]):
        yield from _settlement(settlement, body)


def _settlement(paper: dict, body: dict) -> Iterator[Item]:
    currency = paper["amount"]["currency"]
    key = paper["id"]
    lines = [*_period_lines(paper, key, currency, "costs", -1)]
    listed = [line for part in PARTS for line in _listed(body.get(part) or [], part, key, currency)]
    revenue = [*_period_lines(paper, key, currency, "revenue", 1)]
    if listed:
        stated, found = _sum(revenue), _sum(listed)
        if revenue and stated != found:
            text = f"Its payments come to {found}, its revenue is {stated}."
            yield Flaw(code="sum", text=text, settlement_id=key)
    yield Settlement(
        external_id=key,
        number=paper.get("reference") or key,
        currency=currency,
        amount=_money(paper["amount"]),
        begins_at=maybe(_time(paper.get("createdAt"))),
        paid_at=maybe(_time(paper.get("settledAt"))),
        state={"paidout": "paid", "failed": "failed"}.get(paper.get("status"), "open"),
        reference=paper.get("reference") or "",
    )
    yield from (*(listed or revenue), *lines)


def _period_lines(paper: dict, key: str, currency: str, part: str, sign: int) -> Iterator[SettlementLine]:
    """Gross is net and tax; the stated gross of a refund has lost its sign, so the two are added here."""
    periods = paper.get("periods") or {}
    for year, months in sorted(periods.items()) if isinstance(periods, dict) else ():
        for month, parts in sorted(months.items()):
            for number, entry in enumerate(parts.get(part) or [], 1):
                tax = sign * _money(entry.get("amountVat"))
                amount = sign * _money(entry["amountNet"]) + tax
                family = BY_METHOD.get(entry.get("method"), "sale") if part == "revenue" else "payment_fee"
                yield SettlementLine(
                    external_id=f"{part}/{year}-{int(month):02d}/{number}",
                    settlement_id=key,
                    kind=part,
                    detail=entry.get("method") or entry["description"],
                    family=family,
                    amount=amount,
                    net=amount,
                    currency=currency,
                    quantity=Decimal(entry["count"]) if isinstance(entry.get("count"), int) else None,
                    tax=-tax if part == "costs" else None,
                    at=maybe(f"{int(year):04d}-{int(month):02d}-01"),
                    name=entry["description"],
                )


def _listed(entries: list, part: str, key: str, currency: str) -> Iterator[SettlementLine]:
    for entry in entries:
        amount = _money(entry.get("settlementAmount") or entry["amount"])
        meta = entry.get("metadata")
        yield SettlementLine(
            external_id=entry["id"],
            settlement_id=key,
            kind=part,
            detail=entry.get("method") or "",
            family=PARTS[part],
            amount=amount,
            net=amount,
            currency=currency,
            order_number=str(meta.get("order_id") or "") if isinstance(meta, dict) else "",
            payment_id=entry["id"] if part == "payments" else entry.get("paymentId") or "",
            refund_id=entry["id"] if part == "refunds" else "",
            at=maybe(_time(entry.get("paidAt") or entry.get("createdAt"))),
            name=entry.get("description") or "",
        )


def _transaction(entry: dict) -> SettlementLine:
    context = entry.get("context") or {}
    amount, fee = _money(entry["initialAmount"]), -_money(entry.get("deductions"))
    return SettlementLine(
        external_id=entry["id"],
        kind=entry["type"],
        family=TYPES.get(entry["type"], "unknown"),
        amount=amount,
        fee=fee,
        net=_money(entry["resultAmount"]),
        currency=entry["resultAmount"]["currency"],
        payment_id=context.get("paymentId") or "",
        refund_id=context.get("refundId") or "",
        at=maybe(_time(entry.get("createdAt"))),
    )


def _money(value: dict | None) -> Decimal:
    return money(value["value"]) if value else ZERO


def _sum(lines: list[SettlementLine]) -> Decimal:
    return sum((line.net for line in lines), ZERO)


def _time(text: str | None) -> str:
    return text or ""


def _recognises(source: Source) -> bool:
    body = source.json if source.is_json else None
    if not isinstance(body, dict):
        return False
    held = body.get("_embedded")
    listed = isinstance(held, dict) and ("settlements" in held or "balance_transactions" in held)
    return listed or body.get("resource") == "settlement"


FORMAT = Format(code="mollie", name="Mollie settlement", recognises=_recognises, read=read_report)
