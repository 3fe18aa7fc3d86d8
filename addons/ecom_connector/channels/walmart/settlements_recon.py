"""Walmart's reconciliation report, version 1: one row an amount, a first row that states the period and the payout."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..records import Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading

NEEDED = ("period start date", "total payable", "transaction key", "transaction type", "amount", "amount type")
COUNTED = re.compile(r"Number of Lines in file\D*(\d+)", re.IGNORECASE)
FAMILIES = (
    (re.compile(r"tax withheld"), "remitted_tax"),
    (re.compile(r"tax"), "tax"),
    (re.compile(r"product price"), "sale"),
    (re.compile(r"^shipping( price)?$"), "shipping"),
    (re.compile(r"funded savings|promo"), "promotion"),
    (re.compile(r"commission"), "commission"),
    (re.compile(r"wfs inventory reimbursement"), "reimbursement"),
    (re.compile(r"wfs|fulfillment"), "fulfilment"),
)
BY_DESCRIPTION = (
    (re.compile(r"shipping label"), "label"),
    (re.compile(r"storage"), "storage"),
    (re.compile(r"advertis|sponsored"), "advertising"),
    (re.compile(r"reserve|hold"), "reserve"),
    (re.compile(r"wfs|fulfillment|inbound|prep"), "fulfilment"),
    (re.compile(r"dispute"), "dispute"),
)


def read(source: Source) -> Iterator[Item]:
    """One settlement a file. Unreadable."""
    table = Table(source, *NEEDED)
    count, stated, lines = 0, None, 0
    settlement = Settlement(external_id="?", currency="USD")
    for number, row in table.records():
        if found := COUNTED.search(" ".join(row.values())):
            stated = int(found[1])
            continue
        count += 1
        if row["transaction type"] == "PaymentSummary" or (row["total payable"] and not row["amount"]):
            settlement = _summary(row)
            continue
        if not lines:
            settlement = settlement if settlement.amount is not None else _unnamed(row)
        lines += 1
        order = row["customer order #"]
        yield _line(number, row, settlement)
        if is_spoiled(order) or is_spoiled(row["purchase order #"]):
            yield Flaw(code="spoiled", text=f"Order number {order}", settlement_id=settlement.external_id, row=number)
    if stated is not None and stated != count:
        text = f"It says that it has {stated} lines, and has {count}."
        yield Flaw(code="count", text=text, settlement_id=settlement.external_id)
    yield settlement


def _summary(row: dict[str, str]) -> Settlement:
    begins, ends = row["period start date"], row.get("period end date", "")
    return Settlement(
        external_id=f"{begins}-{ends}",
        number=ends,
        currency=row.get("currency") or "USD",
        amount=money(row["total payable"]),
        begins_at=maybe(begins),
        ends_at=maybe(ends),
    )


def _unnamed(row: dict[str, str]) -> Settlement:
    """A file that was cut before its summary, or after which a spreadsheet lost it."""
    return Settlement(external_id=row["transaction key"][:10], currency="USD")


def _line(number: int, row: dict[str, str], settlement: Settlement) -> SettlementLine:
    value, kind = money(row["amount"]), row["transaction type"]
    words = (row.get("transaction description", ""), row.get("transaction reason description", ""))
    return SettlementLine(
        external_id=str(number),
        settlement_id=settlement.external_id,
        kind=kind,
        detail=f"{row['amount type']}/{words[0]}",
        family=_family(kind, row["amount type"], " ".join(words)),
        amount=value,
        net=value,
        currency=settlement.currency,
        order_id=identifier(row["purchase order #"]),
        order_number=identifier(row["customer order #"]),
        line_id=identifier(row.get("purchase order line #", "")),
        sku=identifier(row.get("partner item id", "")),
        quantity=Decimal(row["ship qty"]) if row.get("ship qty", "").isdecimal() else None,
        at=maybe(row.get("transaction posted timestamp", "")),
        name=words[0],
    )


def _family(kind: str, amount_type: str, words: str) -> str:
    amount_type, words = amount_type.casefold(), words.casefold()
    found = next((name for pattern, name in FAMILIES if pattern.search(amount_type)), "")
    found = found or next((name for pattern, name in BY_DESCRIPTION if pattern.search(words)), "")
    if found in ("sale", "shipping") and kind == "Refund":
        return "refund"
    return found or ("other_fee" if "fee" in amount_type else "unknown")


FORMAT = Format(
    code="walmart_recon",
    name="Walmart reconciliation report",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
