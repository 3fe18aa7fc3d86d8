"""Which order is a line about? Sure, or offered to a person, or open; never guessed."""

from collections.abc import Iterable
from dataclasses import dataclass

from .known import NONE, Known
from .line import Line
from .rules import RULES


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
        named = line.order or line.name or (line.is_order_money and (line.payment or line.refund))
        return Match("open" if named else "none")
    common = frozenset.intersection(*found)
    if len(common) == 1:
        return Match("confirmed", common)
    return Match("ambiguous", common or frozenset.union(*found))


def remitted(lines: Iterable[Line]) -> set[int]:
    """Numbers of the lines with tax that the marketplace keeps for the state: the buyer paid it, and it is taken out
    again in the same payout, order by order, down to the last cent. It was never the seller's."""
    taxes: dict[tuple, list[Line]] = {}
    taken: dict[tuple, list[Line]] = {}
    for line in lines:
        if line.family in ("tax", "remitted_tax") and (line.order or line.name):
            group = taken if line.family == "remitted_tax" else taxes
            group.setdefault((line.order or line.name, line.is_refund), []).append(line)
    kept = set()
    for key, collected in taxes.items():
        out = taken.get(key, ())
        if out and sum(line.amount for line in collected) + sum(line.amount for line in out) == 0:
            kept.update(line.number for line in collected)
    return kept
