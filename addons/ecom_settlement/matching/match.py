"""Which order is a line about? Sure, or offered to a person, or open; never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .known import NONE, Known
from .line import ZERO, Line
from .rules import RULES, WEAK


@dataclass(frozen=True, slots=True)
class Match:
    """state    "confirmed": all rules that can tell agree on one order; "ambiguous": several are offered, none taken;
    "open": nobody knows it; "none": the line names no order
    """

    state: str
    orders: frozenset[int] = NONE


def match(line: Line, known: Known) -> Match:
    """What the rules that can tell have in common; where they contradict each other, all that they said."""
    found = [orders for rule in RULES if (orders := rule.find(line, known))]
    if not found:
        return _unnamed(line, known)
    common = frozenset.intersection(*found)
    if len(common) == 1:
        return Match("confirmed", common)
    return Match("ambiguous", common or frozenset.union(*found))


def _unnamed(line: Line, known: Known) -> Match:
    """A line that names an order that is not here stays open: what looks like it is another one."""
    if line.order or line.name or (line.is_order_money and (line.payment or line.refund)):
        return Match("open")
    offered = frozenset().union(*(rule.find(line, known) for rule in WEAK))
    return Match("ambiguous", offered) if offered else Match("none")


def remitted(lines: Iterable[Line]) -> set[int]:
    """Numbers of the lines with tax that the marketplace keeps for the state: the buyer paid it, and it is taken out
    again in the same payout, order by order, down to the last cent. It was never the seller's."""
    taxes, taken = _both_legs(lines)
    kept = set()
    for key, collected in taxes.items():
        out = taken.get(key, ())
        if out and sum(line.amount for line in collected) + sum(line.amount for line in out) == 0:
            kept.update(line.number for line in collected)
    return kept


def uncancelled(lines: Iterable[Line]) -> dict[str, Decimal]:
    """{order as the report names it: what is left} where the tax that the marketplace took out is not the tax that it
    collected; "" for what names no order."""
    taxes, taken = _both_legs(lines)
    left: dict[str, Decimal] = {}
    for (order, is_refund), out in taken.items():
        rest = sum(line.amount for line in (*out, *taxes.get((order, is_refund), ())))
        left[order] = left.get(order, ZERO) + rest
    return {order: rest for order, rest in left.items() if rest}


def _both_legs(lines: Iterable[Line]) -> tuple[dict[tuple, list[Line]], dict[tuple, list[Line]]]:
    """Taxes collected and taxes taken out again, by order and side."""
    taxes: dict[tuple, list[Line]] = {}
    taken: dict[tuple, list[Line]] = {}
    for line in lines:
        name = line.order or line.name
        if line.family == "remitted_tax":
            taken.setdefault((name, line.is_refund), []).append(line)
        elif line.family == "tax" and name:
            taxes.setdefault((name, line.is_refund), []).append(line)
    return taxes, taken
