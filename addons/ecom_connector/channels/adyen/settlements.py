"""Adyen's settlement details report, CSV or XLSX: one settlement a merchant account, batch and currency.

Debit and credit stand in columns of their own. The payout is a row, so debits equal credits; without it the batch is
cut. Fees are stated beside what they were charged on, and are part of its net amount. A row may owe more fees than it
brings in: its net is a debit then. Columns are added and moved at will, so they go by name.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import REGIONS, moment
from ..reports.source import Source
from ..reports.table import Table, heading

NEEDED = (
    "merchant account",
    "psp reference",
    "type",
    "net currency",
    "net debit (nc)",
    "net credit (nc)",
    "batch number",
)
FEES = ("commission (nc)", "markup (nc)", "scheme fees (nc)", "interchange (nc)")
CENT = Decimal("0.01")
FAMILIES = {
    **dict.fromkeys(("settled", "settledbulk", "settledinstallment"), "sale"),
    **dict.fromkeys(("refunded", "refundedreversed", "refundedbulk"), "refund"),
    **dict.fromkeys(
        ("chargeback", "chargebackreversed", "secondchargeback", "chargebackexternallywithinfo"), "dispute"
    ),
    **dict.fromkeys(("fee", "misccosts", "paymentcost", "invoicededuction", "invoicecorrection"), "payment_fee"),
    **dict.fromkeys(("depositcorrection", "reserveadjustment", "matchedstatement"), "reserve"),
    **dict.fromkeys(("balancetransfer",), "transfer"),
    **dict.fromkeys(("merchantpayout",), PAYOUT),
    **dict.fromkeys(("manualcorrected", "correction"), "adjustment"),
    **dict.fromkeys(("advancementcommission", "advancement"), "loan"),
}


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED)
    batches: dict[str, Settlement] = {}
    for number, row in table.records():
        line = _line(number, row)
        yield line
        yield from _flaws(number, row, line)
        before = batches.get(line.settlement_id)
        paid = line.family == PAYOUT
        if before is None or paid:
            amount = -line.net + (before.amount or ZERO if before else ZERO) if paid else None
            batches[line.settlement_id] = Settlement(
                external_id=line.settlement_id,
                number=identifier(row["batch number"]),
                currency=line.currency,
                amount=amount,
                paid_at=line.at if paid else None,
                reference=row.get("modification reference", "") if paid else "",
            )
    yield from batches.values()


def _line(number: int, row: dict[str, str]) -> SettlementLine:
    net = money(row["net credit (nc)"]) - money(row["net debit (nc)"])
    fee = sum((money(row.get(name, "")) for name in FEES), ZERO)
    kind, currency = row["type"], row["net currency"]
    return SettlementLine(
        external_id=str(number),
        settlement_id=f"{row['merchant account']}/{identifier(row['batch number'])}/{currency}",
        kind=kind,
        detail=_detail(kind, row.get("modification reference", "")),
        family=FAMILIES.get(kind.casefold(), "unknown"),
        amount=net + fee,
        fee=fee,
        net=net,
        currency=currency,
        order_number=identifier(row.get("merchant reference", "")),
        payment_id=identifier(row["psp reference"]),
        refund_id=identifier(row.get("modification reference", "")) if kind == "Refunded" else "",
        at=_at(row),
        name=row.get("modification reference", ""),
    )


def _detail(kind: str, reference: str) -> str:
    """Fees that name no order say what they are for, with the month they are for behind it."""
    words = reference.split()
    return " ".join(words[:2]) if kind in ("Fee", "MiscCosts", "InvoiceDeduction") else ""


def _at(row: dict[str, str]) -> datetime | None:
    text, zone = row.get("booking date") or row.get("creation date", ""), row.get("timezone", "")
    if row.get("booking date"):
        zone = row.get("booking date timezone", "") or zone
    return moment(text, zone=REGIONS.get(zone.casefold(), "UTC")) if text else None


def _flaws(number: int, row: dict[str, str], line: SettlementLine) -> Iterator[Flaw]:
    """Gross at the stated rate, less the fees, is net; half a cent of each is lost where a rate was rounded."""
    gross = money(row.get("gross credit (gc)", "")) - money(row.get("gross debit (gc)", ""))
    if gross and row.get("exchange rate"):
        found = gross * money(row["exchange rate"])
        allowed = ZERO if row.get("gross currency") == line.currency else max(CENT, abs(found) * Decimal("0.0001"))
        if abs(found - line.amount) > allowed:
            text = f"{gross} at {row['exchange rate']} less {line.fee} is not {line.net}."
            yield Flaw(code="row", text=text, settlement_id=line.settlement_id, row=number)
    if is_spoiled(row["psp reference"]) or is_spoiled(row.get("merchant reference", "")):
        yield Flaw(code="spoiled", text=row["psp reference"], settlement_id=line.settlement_id, row=number)


FORMAT = Format(
    code="adyen_details",
    name="Adyen settlement details",
    recognises=lambda source: not source.is_json and heading(source, *NEEDED) is not None,
    read=read,
)
