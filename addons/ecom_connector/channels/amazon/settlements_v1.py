"""Amazon settlement, flat file V1 (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE), which sellers still download.

One row may carry several amounts, each in a column of its own with a column beside it that says what it is. Rows
that only state a quantity carry none. Columns differ between files (33 to 36), so they go by name.
"""

from collections.abc import Iterator

from ..records import Flaw, Settlement, SettlementLine
from ..reports.amounts import is_spoiled, single_mark
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading
from .kinds import family
from .settlements_v2 import summary

NEEDED = ("settlement-id", "total-amount", "transaction-type", "price-type", "price-amount", "other-amount")
# Column of the amount, column that names it, and the amount type that V2 calls it by.
AMOUNTS = (
    ("price-amount", "price-type", "ItemPrice"),
    ("item-related-fee-amount", "item-related-fee-type", "ItemFees"),
    ("shipment-fee-amount", "shipment-fee-type", "Shipment-Fees"),
    ("order-fee-amount", "order-fee-type", "ItemFees"),
    ("misc-fee-amount", "transaction-type", "other-transaction"),
    ("other-fee-amount", "other-fee-reason-description", "other-transaction"),
    ("promotion-amount", "promotion-type", "Promotion"),
    ("direct-payment-amount", "direct-payment-type", "DirectPayment"),
    ("other-amount", "transaction-type", "other-transaction"),
)


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED)
    columns = table.columns
    amounts = [(columns[a], columns.get(n, -1), group) for a, n, group in AMOUNTS if a in columns]
    stated: dict[str, Settlement] = {}
    for number, row in table.rows():
        row.append("")
        key = row[columns["settlement-id"]].strip()
        if not key:
            continue
        if key not in stated:
            stated[key] = summary(table, row)
            yield stated[key]
        found = [(row[a].strip(), row[n], group) for a, n, group in amounts if row[a] and not row[a].isspace()]
        for part, (amount, name, group) in enumerate(found):
            yield _line(
                f"{number}.{part + 1}" if len(found) > 1 else str(number),
                row,
                columns,
                amount,
                name,
                group,
                stated[key],
            )
        if is_spoiled(row[columns["order-id"]]):
            yield Flaw(code="spoiled", text=f"Order number {row[columns['order-id']]}", settlement_id=key, row=number)


def _line(number, row, columns, amount, name, group, settlement) -> SettlementLine:
    kind, value = row[columns["transaction-type"]], single_mark(amount)
    return SettlementLine(
        external_id=number,
        settlement_id=settlement.external_id,
        kind=kind,
        detail=f"{group}/{name}",
        # Advertising names itself in the fee, its tax only in the amount beside it.
        family="advertising" if name == "TaxAmount" else family(kind, group, name),
        amount=value,
        net=value,
        currency=settlement.currency,
        order_id=row[columns["order-id"]],
        order_number=row[columns["order-id"]],
        shipment_id=row[columns.get("shipment-id", -1)],
        refund_id=row[columns.get("adjustment-id", -1)],
        line_id=row[columns.get("order-item-code", -1)],
        sku=row[columns.get("sku", -1)],
        at=maybe(row[columns.get("posted-date", -1)], "dmy"),
        market=row[columns.get("marketplace-name", -1)],
    )


FORMAT = Format(
    code="amazon_v1",
    name="Amazon settlement (flat file V1)",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
