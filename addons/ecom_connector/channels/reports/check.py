"""Does a report add up? Nothing is posted of one that contradicts itself unless a person says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ..records import ZERO, Flaw, Settlement, SettlementLine
from .families import MEMO, PAYOUT

# Kept of each kind; a file of a million wrong rows says so in as many words as one of a hundred.
MOST_FLAWS = 100


@dataclass(slots=True)
class Sum:
    """What one settlement came to. `moved`: all lines but payouts; `paid`: the payout lines, as they stand (negative).

    difference      what the report states less what its lines give; None where it states nothing
    rounding        the part of it that is only due to lines with more digits than the total
    """

    settlement: Settlement | None = None
    lines: int = 0
    moved: Decimal = ZERO
    paid: Decimal = ZERO
    payouts: int = 0
    difference: Decimal | None = None
    rounding: Decimal = ZERO
    currencies: set[str] = field(default_factory=set)

    @property
    def amount(self) -> Decimal:
        """The payout: as stated, else as its own line says, else what the lines come to."""
        if self.settlement and self.settlement.amount is not None:
            return self.settlement.amount
        return -self.paid if self.payouts else self.moved


class Check:
    """Passes the items of a report on and adds them up. After the last one `sums` and `flaws` are complete.

    carried     {settlement or currency: balance at the end of the report before}, for reports chained month to month
    """

    def __init__(self, carried: dict[str, Decimal] | None = None):
        self.carried = carried or {}
        self.sums: dict[str, Sum] = {}
        self.flaws: list[Flaw] = []
        self._counts: dict[str, int] = {}

    def over(self, items: Iterable[Settlement | SettlementLine | Flaw]) -> Iterator[Settlement | SettlementLine | Flaw]:
        """Unreadable, as the reader."""
        sums = self.sums
        for item in items:
            if type(item) is SettlementLine:
                known = sums.get(item.settlement_id)
                if known is None:
                    known = sums[item.settlement_id] = Sum()
                self._add(known, item)
            elif type(item) is Settlement:
                self._settle(item)
            else:
                self._note(item)
            yield item
        for key, known in sums.items():
            self._close(key, known)

    def run(self, items: Iterable[Settlement | SettlementLine | Flaw]) -> "Check":
        """The same for whoever wants only the result. Unreadable."""
        for _item in self.over(items):
            pass
        return self

    # ------------------------------------------------------------------ inside
    def _add(self, known: Sum, line: SettlementLine) -> None:
        known.lines += 1
        if line.amount - line.fee != line.net:
            text = f"{line.amount} less the fee {line.fee} is not {line.net}."
            self._note(Flaw(code="row", text=text, settlement_id=line.settlement_id, row=_row(line)))
        if line.family == MEMO:
            return
        if line.currency:
            known.currencies.add(line.currency)
        if line.family == PAYOUT:
            known.paid += line.net
            known.payouts += 1
        else:
            known.moved += line.net

    def _settle(self, settlement: Settlement) -> None:
        known = self.sums.setdefault(settlement.external_id, Sum())
        if known.settlement and known.settlement != settlement:
            text = "The report states this payout twice, and differently."
            self._note(Flaw(code="sum", text=text, settlement_id=settlement.external_id))
        known.settlement = settlement

    def _note(self, flaw: Flaw) -> None:
        self._counts[flaw.code] = self._counts.get(flaw.code, 0) + 1
        if self._counts[flaw.code] <= MOST_FLAWS:
            self.flaws.append(flaw)

    def _close(self, key: str, known: Sum) -> None:
        stated = known.settlement
        # Lines that are in no payout yet may be of any currency, and come to nothing that is stated.
        if not key:
            return
        currency = stated.currency if stated else ""
        if known.currencies - {currency} and (currency or len(known.currencies) > 1):
            text = f"Its lines are in {', '.join(sorted(known.currencies))}, the payout in {currency or '?'}."
            self._note(Flaw(code="currency", text=text, settlement_id=key))
        if stated and stated.is_statement:
            self._check_balance(key, known, stated)
            return
        if not stated or (stated.state == "open" and stated.amount is None):
            return
        if not self._check_payout(key, known, stated):
            self._note(Flaw(code="unstated", text="The report states no payout to compare with.", settlement_id=key))

    def _check_payout(self, key: str, known: Sum, stated: Settlement) -> bool:
        """Whether there was something to compare with."""
        amount = stated.amount if stated.amount is not None else -known.paid if known.payouts else None
        if amount is None:
            return False
        if known.payouts and -known.paid != amount:
            text = f"It states a payout of {amount}, and lists one of {-known.paid}."
            self._note(Flaw(code="sum", text=text, settlement_id=key))
        if not known.lines and amount:
            text = "It lists nothing that this payout is made of."
            self._note(Flaw(code="empty", text=text, settlement_id=key))
            return True
        known.difference = amount - known.moved
        known.rounding = self._rounding(amount, known.moved)
        if known.difference != known.rounding:
            text = f"Its lines come to {known.moved}, the payout is {amount}."
            self._note(Flaw(code="sum", text=text, settlement_id=key))
        return True

    def _check_balance(self, key: str, known: Sum, stated: Settlement) -> None:
        opening = stated.opening if stated.opening is not None else self.carried.get(key)
        if opening is None or stated.closing is None:
            return
        difference = stated.closing - opening - known.moved - known.paid
        known.difference = difference
        if difference:
            found = opening + known.moved + known.paid
            text = f"Opening balance and lines come to {found}, the closing balance is {stated.closing}."
            self._note(Flaw(code="balance", text=text, settlement_id=key))

    @staticmethod
    def _rounding(amount: Decimal, found: Decimal) -> Decimal:
        """What rounding `found` to the digits of `amount` (at least two) changes, if that makes them equal."""
        digits = max(2, -amount.as_tuple().exponent)
        rounded = found.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return amount - found if rounded == amount else ZERO


def _row(line: SettlementLine) -> int:
    return int(line.external_id) if line.external_id.isdecimal() and len(line.external_id) < 9 else 0
