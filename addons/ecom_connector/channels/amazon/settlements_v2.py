"""Amazon settlement, flat file V2 (GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2).

Tab separated; the first row of a settlement states its period and total, the others one amount each. Older samples
leave the total empty on the others, newer ones may repeat it: a row without an amount is the summary.
"""

from collections.abc import Iterator
from decimal import Decimal

from ..records import Flaw, Settlement, SettlementLine
from ..reports.amounts import is_spoiled, single_mark
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading
from .kinds import family

NEEDED = ("settlement-id", "total-amount", "transaction-type", "amount-type", "amount-description", "amount")
SEVERAL = (
    *("settlement-id", "transaction-type", "amount-type", "amount-description", "amount", "order-id", "shipment-id"),
    *("adjustment-id", "order-item-code", "sku", "quantity-purchased", "posted-date-time", "posted-date", "currency"),
    "marketplace-name",
)


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED)
    places = [table.columns.get(name, -1) for name in SEVERAL]
    stated: dict[str, Settlement] = {}
    at_settlement, at_amount = places[0], places[4]
    for number, row in table.rows():
        row.append("")  # what a missing column points to
        key = row[at_settlement]
        if key not in stated:
            stated[key] = summary(table, row)
            yield stated[key]
            if is_spoiled(key):
                yield Flaw(code="spoiled", text="A spreadsheet spoiled the settlement number.", settlement_id=key)
        if not row[at_amount]:
            continue
        yield _line(number, [row[place] for place in places], stated[key].currency)
        if is_spoiled(row[places[5]]):
            yield Flaw(code="spoiled", text=f"Order number {row[places[5]]}", settlement_id=key, row=number)


def summary(table: Table, row: list[str]) -> Settlement:
    """What the row that opens a settlement states of it. Unreadable."""
    cells = {name: row[index].strip() for name, index in table.columns.items()}
    total = cells["total-amount"]
    return Settlement(
        external_id=cells["settlement-id"],
        number=cells["settlement-id"],
        currency=cells.get("currency", ""),
        amount=single_mark(total) if total else None,
        begins_at=maybe(cells.get("settlement-start-date", "")),
        ends_at=maybe(cells.get("settlement-end-date", "")),
        paid_at=maybe(cells.get("deposit-date", "")),
    )


def _line(number: int, cells: list[str], currency: str) -> SettlementLine:
    key, kind, group, description, amount, order, parcel, adjustment, item, sku, units, at, day, *others = cells
    own_currency, market = others
    value = single_mark(amount.strip())
    return SettlementLine(
        external_id=str(number),
        settlement_id=key,
        kind=kind,
        detail=f"{group}/{description}",
        family=family(kind, group, description),
        amount=value,
        net=value,
        currency=own_currency or currency,
        order_id=order,
        order_number=order,
        shipment_id=parcel,
        refund_id=adjustment,
        line_id=item,
        sku=sku,
        quantity=Decimal(units) if units.isdecimal() and units.isascii() else None,
        at=maybe(at or day, "dmy"),
        market=market.strip(),
    )


FORMAT = Format(
    code="amazon_v2",
    name="Amazon settlement (flat file V2)",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
