"""Reports of any other form: a person says which column is what, once, and the description is kept as a template."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from zoneinfo import ZoneInfo

from ..errors import Unreadable
from ..records import ZERO, Settlement, SettlementLine
from .amounts import identifier, minor, money
from .families import FAMILIES, MEMO, PAYOUT
from .formats import Item
from .moments import maybe
from .source import Source
from .table import Table, plain

COLUMNS = (
    *("amount", "debit", "credit", "fee", "net", "kind", "detail", "date", "time", "currency", "settlement", "order"),
    *("payment", "refund", "sku", "quantity", "name", "balance"),
)

UNNAMED = "report/"


@dataclass(frozen=True, kw_only=True)
class Template:
    """How the columns of one report read. It is JSON when it is kept: `of` and `kept`.

    columns     {one of COLUMNS: name of the column in the report}; "amount", "net" or "debit" and "credit" is a must
    fee_sign    -1: fees are negative where they cost, as PayPal writes them; 1: positive
    sign        -1: the report is written from the channel's side, + is what it keeps
    decimal     mark before the cents; "minor": amounts are whole cents
    date_order  "dmy" or "mdy" where both are numbers; `zone`: an IANA name, where times name none
    currency    of reports without a column for it
    families    {kind, or "kind/detail": family}; payout lines have the family "payout"
    is_sum      the report states no payout: it is what the lines come to
    """

    columns: Mapping[str, str]
    fee_sign: int = -1
    sign: int = 1
    decimal: str = "."
    date_order: str = "dmy"
    zone: str = "UTC"
    currency: str = ""
    families: Mapping[str, str] = field(default_factory=dict)
    is_sum: bool = False

    @classmethod
    def of(cls, kept: Mapping) -> "Template":
        """Unreadable where it describes nothing that can be read."""
        known = {one.name for one in fields(cls)}
        try:
            template = cls(**{name: value for name, value in kept.items() if name in known})
            template.check()
        except (TypeError, KeyError, ValueError, AttributeError, OSError):
            raise Unreadable("This description of a report is incomplete.")
        return template

    def kept(self) -> dict:
        return {**asdict(self), "columns": dict(self.columns), "families": dict(self.families)}

    def check(self) -> None:
        """ValueError, TypeError."""
        unknown = set(self.columns) - set(COLUMNS) or set(self.families.values()) - set(FAMILIES)
        amounts = {"amount", "net"} & set(self.columns) or {"debit", "credit"} <= set(self.columns)
        marks = self.decimal in (".", ",", "minor") and self.date_order in ("dmy", "mdy")
        if unknown or not amounts or not marks or {self.sign, self.fee_sign} - {1, -1}:
            raise ValueError
        ZoneInfo(self.zone)


def read(source: Source, template: Template) -> Iterator[Item]:
    """Settlements by the column that names them, else one for each currency. Unreadable."""
    table = Table(source, *(plain(name) for name in template.columns.values()))
    columns = {name: plain(there) for name, there in template.columns.items()}
    first: dict[str, list[datetime]] = {}
    known: dict[str, list] = {}
    moved: dict[str, Decimal] = {}
    for number, row in table.records():
        cells = {name: row[there] for name, there in columns.items()}
        line = _line(number, cells, template)
        yield line
        payout = known.setdefault(line.settlement_id, [line.currency, ZERO, False])
        if line.family == PAYOUT:
            payout[1:] = payout[1] - line.net, True
        elif line.family != MEMO:
            moved[line.settlement_id] = moved.get(line.settlement_id, ZERO) + line.net
        if line.at:
            begins, ends = first.get(line.settlement_id, [line.at, line.at])
            first[line.settlement_id] = [min(begins, line.at), max(ends, line.at)]
    for key, (currency, paid, is_stated) in known.items():
        begins, ends = first.get(key, [None, None])
        yield Settlement(
            external_id=key,
            number=key,
            currency=currency,
            amount=paid if is_stated else moved.get(key, ZERO) if template.is_sum else None,
            begins_at=begins,
            ends_at=ends,
            paid_at=ends,
        )


def read_apart(source: Source, template: Template) -> Iterator[Item]:
    """The same; a payout without a number goes by its days, or the report of each month would be the one of the month
    before, issued again. Unreadable."""
    names = {}
    for item in read(source, template):
        if isinstance(item, Settlement) and item.external_id.startswith(UNNAMED) and item.begins_at and item.ends_at:
            days = f"{item.begins_at:%Y-%m-%d} - {item.ends_at:%Y-%m-%d}"
            names[item.external_id] = f"{item.currency} {days}"
    for item in read(source, template):
        if isinstance(item, Settlement):
            name = names.get(item.external_id, item.external_id)
            yield replace(item, external_id=name, number=name)
        elif isinstance(item, SettlementLine):
            yield replace(item, settlement_id=names.get(item.settlement_id, item.settlement_id))
        else:
            yield item


def preview(source: Source, template: Template, rows: int = 20) -> tuple[list[SettlementLine], Decimal, int]:
    """The first lines, the sum of all, and how many there are. Unreadable."""
    lines = (item for item in read(source, template) if isinstance(item, SettlementLine))
    shown = [*islice(lines, rows)]
    total, count = sum((line.net for line in shown), ZERO), len(shown)
    for line in lines:
        total, count = total + line.net, count + 1
    return shown, total, count


def _line(number: int, cells: dict[str, str], template: Template) -> SettlementLine:
    currency = (cells.get("currency") or template.currency).upper()

    def value(name: str) -> Decimal:
        text = cells.get(name, "")
        if template.decimal == "minor":
            return minor(text.replace(" ", "") or 0, currency)
        return money(text, template.decimal)

    fee = _cost(value("fee"), template)
    if "debit" in cells and "credit" in cells:
        amount = template.sign * (abs(value("credit")) - abs(value("debit")))
    elif "amount" in cells:
        amount = template.sign * value("amount")
    else:
        amount = template.sign * value("net") + fee
    kind, detail = cells.get("kind", ""), cells.get("detail", "")
    families = template.families
    return SettlementLine(
        external_id=str(number),
        settlement_id=identifier(cells.get("settlement", "")) or f"{UNNAMED}{currency}",
        kind=kind or "line",
        detail=detail,
        family=families.get(f"{kind}/{detail}", families.get(kind, "unknown")),
        amount=amount,
        fee=fee,
        net=template.sign * value("net") if "net" in cells else amount - fee,
        currency=currency,
        order_number=identifier(cells.get("order", "")),
        payment_id=identifier(cells.get("payment", "")),
        refund_id=identifier(cells.get("refund", "")),
        sku=cells.get("sku", ""),
        at=maybe(f"{cells.get('date', '')} {cells.get('time', '')}".strip(), template.date_order, template.zone),
        name=cells.get("name", ""),
    )


def _cost(value: Decimal, template: Template) -> Decimal:
    """A fee as a cost: positive where it was charged."""
    return value * template.fee_sign
