"""eBay's transaction report (CSV): columns are the seller's choice, "--" is empty, a preamble stands above.

Net amount is what counts; what eBay collected as tax is in the gross amount and never in the net. Where the rows of
each payout come to that payout, they are settlements of their own; else the report as a whole is one.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import Table, heading

NEEDED = ("transaction creation date", "type", "order number", "net amount", "payout currency", "payout id")
GROSS = ("item subtotal", "shipping and handling", "seller collected tax")
FEES = (
    *("final value fee - fixed", "final value fee - variable", "regulatory operating fee", "international fee"),
    *('very high "item not as described" fee', "below standard performance fee", "deposit processing fee"),
    *("charity donation", "promoted listings fee"),
)
FAMILIES = {
    "order": "sale",
    "refund": "refund",
    **dict.fromkeys(("claim", "payment dispute"), "dispute"),
    "hold": "reserve",
    "charge": "charged",
    "shipping label": "label",
    "adjustment": "adjustment",
    "transfer": "transfer",
    "payout": PAYOUT,
}
BY_DESCRIPTION = (("promoted", "advertising"), ("subscription", "subscription"), ("insertion", "subscription"))


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    table = Table(source, *NEEDED)
    sums = _sums(table)
    # Each payout is explained by rows that name it, and none is left over.
    apart = all(key[1] and not total for key, (total, _paid) in sums.items()) if sums else False
    dates: dict[str, list[datetime]] = {}
    payouts: dict[str, Decimal] = {}
    currencies: dict[str, str] = {}
    zone = source.answers.get("zone", "UTC")
    for number, row in table.records():
        currency = row["payout currency"]
        key = identifier(row["payout id"]) if apart else f"report/{currency}"
        line = _line(number, row, key, currency, zone)
        yield line
        yield from _flaws(number, row, line)
        currencies[key] = currency
        payouts.setdefault(key, ZERO)
        if line.family == PAYOUT:
            payouts[key] -= line.net
        if line.at:
            dates[key] = [min([line.at, *dates.get(key, [])]), max([line.at, *dates.get(key, [])])]
    for key, currency in currencies.items():
        begins, ends = dates.get(key, [None, None])
        yield Settlement(
            external_id=key,
            number=key if apart else f"{ends:%Y-%m-%d}" if ends else key,
            currency=currency,
            amount=payouts[key],
            begins_at=begins,
            ends_at=ends,
            paid_at=ends,
        )


def _sums(table: Table) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """{(currency, payout): (sum with the payout, the payout)}."""
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for _number, row in table.records():
        key = row["payout currency"], identifier(row["payout id"])
        total, paid = sums.get(key, (ZERO, ZERO))
        net = money(row["net amount"])
        sums[key] = total + net, paid + (net if row["type"].casefold() == "payout" else ZERO)
    return sums


def _line(number: int, row: dict[str, str], key: str, currency: str, zone: str) -> SettlementLine:
    net, kind = money(row["net amount"]), row["type"]
    fee = -sum((money(row.get(name, "")) for name in FEES), ZERO)
    fee = fee if _has_parts(row) else ZERO
    title = " ".join(filter(None, (row.get("item title", ""), row.get("description", ""))))
    return SettlementLine(
        external_id=str(number),
        settlement_id=key,
        kind=kind,
        detail=title if kind.casefold() == "other fee" else "",
        family=_family(kind, title),
        amount=net + fee,
        fee=fee,
        net=net,
        currency=currency,
        order_id=_word(row["order number"]),
        order_number=_word(row["order number"]),
        payment_id=_word(identifier(row.get("transaction id", ""))),
        line_id=_word(identifier(row.get("item id", ""))),
        sku=_word(row.get("custom label", "")),
        quantity=Decimal(row["quantity"]) if row.get("quantity", "").isdecimal() else None,
        at=maybe(row["transaction creation date"], zone=zone),
        name=title,
    )


def _flaws(number: int, row: dict[str, str], line: SettlementLine) -> Iterator[Flaw]:
    if _has_parts(row):
        found = sum((money(row.get(name, "")) for name in GROSS), ZERO)
        if found != line.amount:
            text = f"{found} less fees of {line.fee} is not {line.net}."
            yield Flaw(code="row", text=text, settlement_id=line.settlement_id, row=number)
    if is_spoiled(row["order number"]):
        yield Flaw(code="spoiled", text=row["order number"], settlement_id=line.settlement_id, row=number)


def _has_parts(row: dict[str, str]) -> bool:
    """Whether the row says what its net is made of; only rows of orders in the transaction's own currency do."""
    same = not row.get("transaction currency") or row["transaction currency"] == row["payout currency"]
    return same and bool(money(row.get("item subtotal", "")))


def _family(kind: str, title: str) -> str:
    found = FAMILIES.get(kind.casefold(), "other_fee" if "fee" in kind.casefold() else "unknown")
    if found == "other_fee":
        return next((name for word, name in BY_DESCRIPTION if word in title.casefold()), found)
    return found


def _word(text: str) -> str:
    return "" if text.strip("-") == "" else text


FORMAT = Format(
    code="ebay_report",
    name="eBay transaction report",
    recognises=lambda source: heading(source, *NEEDED) is not None,
    read=read,
)
