"""Which deposits of the bank are which payouts: one is one, one is several, several are one; sure, or nobody says so.

Amounts are in whole units of one currency's smallest coin; + came in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

# A provider that sends several payouts as one sends those of a few days; more could add up by chance.
MOST_TOGETHER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A line of a bank statement, or a payout. `first`: where a payout may be of any day from that one on; `names`: of
    a payout, what its transfer may say; `text`: of a line."""

    key: int
    amount: int
    day: int
    first: int = 0
    names: tuple[str, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Found:
    """`sure`: [(payouts, lines)] that can only be each other; `offered`: {payout: lines that it may be}."""

    sure: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    offered: dict[int, tuple[int, ...]] = field(default_factory=dict)


def find(payouts: Sequence[Deposit], lines: Sequence[Deposit], before: int, after: int) -> Found:
    """`before`, `after`: how many days a line may be earlier and later than its payout."""

    def near(payout: Deposit, line: Deposit) -> bool:
        return (payout.first or payout.day) - before <= line.day <= payout.day + after

    found = Found()
    offers = {one.key: _offers(one, [line for line in lines if near(one, line)]) for one in payouts}
    claims: dict[int, list[int]] = {}
    for payout, offered in offers.items():
        for line in offered:
            claims.setdefault(line, []).append(payout)
    for payout, offered in offers.items():
        if len(offered) == 1 and len(claims[offered[0]]) == 1:
            found.sure.append(((payout,), offered))
        elif offered:
            found.offered[payout] = offered
    taken = {line for _payouts, own in found.sure for line in own} | set(claims)
    open_payouts = [one for one in payouts if not offers[one.key]]
    open_lines = [line for line in lines if line.key not in taken]
    _together(open_payouts, open_lines, near, found, is_line_one=True)
    left = {key for keys, _lines in found.sure for key in keys}
    taken |= {line for _payouts, own in found.sure for line in own}
    open_payouts = [one for one in open_payouts if one.key not in left]
    _together(open_payouts, [line for line in open_lines if line.key not in taken], near, found, is_line_one=False)
    return found


def _offers(payout: Deposit, lines: Sequence[Deposit]) -> tuple[int, ...]:
    """Lines of its amount, only those that name it where some do."""
    same = [line for line in lines if line.amount == payout.amount]
    named = [line for line in same if _names(payout, line)]
    return tuple(line.key for line in named or same)


def _names(payout: Deposit, line: Deposit) -> bool:
    text = line.text.casefold()
    return any(name and name.casefold() in text for name in payout.names)


def _together(payouts, lines, near, found: Found, *, is_line_one: bool) -> None:
    """Several payouts in one line, or several lines of one payout: where only one choice of them comes to it, and no
    other claims a part of that choice."""
    choices: dict[int, list[tuple[int, ...]]] = {}
    ones, others = (lines, payouts) if is_line_one else (payouts, lines)
    for one in ones:
        close = [other for other in others if (near(other, one) if is_line_one else near(one, other))]
        choices[one.key] = _sums(one, close)
    claims: Mapping[int, int] = {}
    for ways in choices.values():
        for key in {key for way in ways for key in way}:
            claims[key] = claims.get(key, 0) + 1
    for one, ways in choices.items():
        if len(ways) == 1 and all(claims[key] == 1 for key in ways[0]):
            found.sure.append((ways[0], (one,)) if is_line_one else ((one,), ways[0]))


def _sums(one: Deposit, others: Sequence[Deposit]) -> list[tuple[int, ...]]:
    """Every choice of two to four that comes to its amount; none where there are too many to be sure of any."""
    if len(others) > 12:
        return []
    return [
        tuple(other.key for other in chosen)
        for count in range(2, MOST_TOGETHER + 1)
        for chosen in combinations(others, count)
        if sum(other.amount for other in chosen) == one.amount
    ]
