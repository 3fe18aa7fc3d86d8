"""PayPal's settlement and transaction detail reports (STL, TRR): rows by their type.

SH heading of a section (period, account), CH names of the columns, SB one transaction, SF totals of the section, RF of
the report, each per currency. Amounts have no sign and are in hundredths of every currency, yen too. Event codes:
developer.paypal.com/docs/reports/reference/tcodes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ..errors import Unreadable
from ..records import ZERO, Flaw, Settlement, SettlementLine
from ..reports.amounts import identifier, is_spoiled, money
from ..reports.families import PAYOUT
from ..reports.formats import Format, Item
from ..reports.moments import maybe
from ..reports.source import Source
from ..reports.table import plain

NEEDED = ("transaction id", "transaction event code", "gross transaction amount", "gross transaction currency")
# The longest start that fits says the family.
EVENTS = {
    "T00": "sale",
    "T01": "payment_fee",
    "T02": "conversion",
    "T03": "charged",
    "T04": PAYOUT,
    "T05": "transfer",
    "T06": "refund",
    "T07": "transfer",
    "T08": "adjustment",
    "T09": "adjustment",
    "T11": "refund",
    "T1106": "dispute",
    "T1108": "payment_fee",
    "T1109": "payment_fee",
    "T1110": "reserve",
    "T1111": "reserve",
    "T1112": "reserve",
    "T1115": "dispute",
    "T12": "dispute",
    "T13": "memo",
    "T15": "reserve",
    "T17": "transfer",
    "T18": "loan",
    "T19": "adjustment",
    "T20": PAYOUT,
    "T21": "reserve",
    "T22": "transfer",
}


@dataclass
class Account:
    """What the body of one currency came to, and what the foot says. Unsigned sums, in hundredths as stated."""

    currency: str
    credits: Decimal = ZERO
    debits: Decimal = ZERO
    withdrawn: Decimal = ZERO
    fee_credits: Decimal = ZERO
    fee_debits: Decimal = ZERO
    foot: list[str] = field(default_factory=list)


def read(source: Source) -> Iterator[Item]:
    """Unreadable."""
    columns: dict[str, int] = {}
    accounts: dict[str, Account] = {}
    section: list[str] = []
    try:
        for number, row in source.rows():
            kind = row[0] if row else ""
            if kind == "SH":
                section = row
            elif kind == "CH":
                columns = {plain(name): index for index, name in enumerate(row)}
            elif kind == "SB":
                line = _line(number, row + [""] * len(columns), columns, section, accounts)
                yield line
                if is_spoiled(line.payment_id):
                    yield Flaw(code="spoiled", text=line.payment_id, settlement_id=line.settlement_id, row=number)
            elif kind == "RF" and len(row) > 9:
                accounts.setdefault(row[1], Account(row[1])).foot = row
    except (IndexError, KeyError):
        raise Unreadable("This report does not have the form we know.")
    for account in accounts.values():
        yield from _close(account, section)


def _line(number: int, row: list[str], columns: dict[str, int], section: list[str], accounts) -> SettlementLine:
    def cell(name: str) -> str:
        return row[columns[name]].strip() if name in columns else ""

    code, currency = cell("transaction event code"), cell("gross transaction currency")
    gross, is_credit = money(cell("gross transaction amount")), cell("transaction debit or credit") == "CR"
    fee, fee_is_credit = money(cell("fee amount")), cell("fee debit or credit") == "CR"
    family = next((EVENTS[code[:size]] for size in (5, 3) if code[:size] in EVENTS), "unknown")
    account = accounts.setdefault(currency, Account(currency))
    account.credits += gross if is_credit else ZERO
    account.debits += ZERO if is_credit else gross
    account.withdrawn += gross if family == PAYOUT and not is_credit else ZERO
    account.fee_credits += fee if fee_is_credit else ZERO
    account.fee_debits += ZERO if fee_is_credit else fee
    amount = (gross if is_credit else -gross) / 100
    cost = (-fee if fee_is_credit else fee) / 100
    return SettlementLine(
        external_id=str(number),
        settlement_id=_key(section, currency),
        kind=code,
        family=family if family != "sale" or is_credit else "transfer",
        amount=amount,
        fee=cost,
        net=amount - cost,
        currency=currency,
        order_number=identifier(cell("invoice id")) or cell("custom field"),
        payment_id=cell("transaction id"),
        refund_id=cell("paypal reference id"),
        at=maybe(cell("transaction completion date")),
    )


def _key(section: list[str], currency: str) -> str:
    return f"{section[3]}/{currency}/{section[1][:10]}"


def _close(account: Account, section: list[str]) -> Iterator[Item]:
    key, foot = _key(section, account.currency), account.foot
    opening = closing = None
    if not foot:
        yield Flaw(code="unstated", text="The report has no foot to compare with.", settlement_id=key)
    else:
        credits, debits, fee_credits, fee_debits = (money(cell) for cell in foot[2:6])
        # Some reports leave out of the foot what went to the bank.
        if debits not in (account.debits, account.debits - account.withdrawn) or credits != account.credits:
            text = f"The foot states {credits} in and {debits} out, the body {account.credits} and {account.debits}."
            yield Flaw(code="sum", text=text, settlement_id=key)
        if (fee_credits, fee_debits) != (account.fee_credits, account.fee_debits):
            text = f"The foot states fees of {fee_debits}, the body of {account.fee_debits} ({account.currency})."
            yield Flaw(code="sum", text=text, settlement_id=key)
        opening, closing = _signed(foot[6], foot[7]), _signed(foot[8], foot[9])
    yield Settlement(
        external_id=key,
        number=key,
        currency=account.currency,
        opening=opening,
        closing=closing,
        is_statement=True,
        begins_at=maybe(section[1]),
        ends_at=maybe(section[2]),
    )


def _signed(side: str, text: str) -> Decimal:
    return money(text) / 100 * (-1 if side == "DR" else 1)


def _recognises(source: Source) -> bool:
    heads = [row for row in source.start if row and row[0] == "CH"]
    return bool(heads) and set(NEEDED) <= {plain(cell) for cell in heads[0]}


FORMAT = Format(code="paypal_stl", name="PayPal settlement report", recognises=_recognises, read=read)
