"""Which bills do the fees pay that a channel kept of its payouts? One is one, or a bill is of a month; sure, or nobody
says so.

Amounts are in whole units of one currency's smallest coin, what is owed to the vendor +.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    key: int
    amount: int
    day: date

    @property
    def month(self) -> int:
        return self.day.year * 12 + self.day.month


def find(bills: Sequence[Item], kept: Sequence[Item]) -> list[tuple[int, tuple[int, ...]]]:
    """[(bill, what was kept)], each of them once. What was kept in one payout comes before what was kept in a month,
    and that before all that is left; whatever two bills or two choices fit is left to a person."""
    found, bills, kept = [], list(bills), list(kept)
    for groups in (_each, _months, _all):
        for bill in list(bills):
            choices = [group for group in groups(bill, kept) if sum(one.amount for one in group) == bill.amount]
            rivals = [other for other in bills if other is not bill and other.amount == bill.amount]
            if len(choices) != 1 or any(choices[0] in list(groups(other, kept)) for other in rivals):
                continue
            found.append((bill.key, tuple(one.key for one in choices[0])))
            bills.remove(bill)
            kept = [one for one in kept if one not in choices[0]]
    return found


def _each(_bill: Item, kept: Sequence[Item]) -> list[list[Item]]:
    return [[one] for one in kept]


def _months(bill: Item, kept: Sequence[Item]) -> list[list[Item]]:
    """Of the month that the bill is of, or that it was written after."""
    months = [[one for one in kept if one.month == month] for month in (bill.month, bill.month - 1)]
    return [month for month in months if month]


def _all(_bill: Item, kept: Sequence[Item]) -> list[list[Item]]:
    return [list(kept)] if kept else []
