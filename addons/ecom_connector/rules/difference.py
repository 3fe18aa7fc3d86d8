"""An order here against the same order on the channel: what differs, and what of it can still be followed.

Three states are compared: as the channel stated a line when it was last taken over, as it stands here, and as the
channel states it now. What the channel did not touch stays as people made it here; what only the channel changed can
be followed; what both changed is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a line: quantity in units of the order line, net and tax in whole cents."""

    quantity: Decimal = ZERO
    net: Decimal = ZERO
    tax: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One line as it stands here.

    stated      as the channel stated it when it was last taken over; None: nobody remembers, so as it is now
    done        picked, packed or left, in units of the line
    invoiced    on invoices less credit notes
    item        what it sells, to tell when a line became another article
    """

    key: str
    name: str
    now: Amount
    stated: Amount | None = None
    item: int = 0
    done: Decimal = ZERO
    invoiced: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One line as the channel states it now."""

    key: str
    name: str
    amount: Amount
    item: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line that differs. `here` or `there` is None where there is no such line.

    obstacle    why it cannot be followed: "" (it can), "done", "invoiced", "touched" (changed here too), "item"
    credit      following it means a credit note: more is invoiced than stays
    silent      both sides say the same already; only the channel's amounts are taken over
    """

    key: str
    name: str
    here: Amount | None
    there: Amount | None
    obstacle: str = ""
    credit: bool = False
    silent: bool = False


def difference(here: Iterable[Standing], there: Iterable[Wanted]) -> tuple[Change, ...]:
    """The lines that the channel changed, first those known here, in their order, then new ones."""
    wanted = {line.key: line for line in there}
    changes = []
    for line in here:
        change = _change(line, wanted.pop(line.key, None))
        if change:
            changes.append(change)
    changes += [
        Change(key=line.key, name=line.name, here=None, there=line.amount)
        for line in wanted.values()
        if line.amount != Amount()
    ]
    return tuple(changes)


def _change(line: Standing, wanted: Wanted | None) -> Change | None:
    target = wanted.amount if wanted else Amount()
    stated = line.stated or line.now
    same_item = wanted is None or not wanted.item or wanted.item == line.item
    if target == stated and same_item:
        return None
    obstacle = "item" if not same_item else _obstacle(line, stated, target)
    return Change(
        key=line.key,
        name=line.name,
        here=line.now,
        there=wanted.amount if wanted else None,
        obstacle=obstacle,
        credit=not obstacle and target.quantity < line.invoiced,
        silent=same_item and (target == line.now or _agreed(line, stated, target)),
    )


def _obstacle(line: Standing, stated: Amount, target: Amount) -> str:
    if target == line.now or _agreed(line, stated, target):
        return ""
    if line.now != stated:
        return "touched"
    if target.quantity < line.done:
        return "done"
    if line.invoiced and target.quantity == line.invoiced:
        return "invoiced"  # only a price differs: no quantity is left on which it could be put right
    return ""


def _agreed(line: Standing, stated: Amount, target: Amount) -> bool:
    """People took some off here and the channel did the same: how it comes to its amounts is its own affair."""
    return target.quantity == line.now.quantity != stated.quantity and target.quantity >= line.invoiced


def is_untouched(here: Iterable[Standing]) -> bool:
    """Nothing of the order was picked, sent or invoiced: any change can be followed without asking."""
    return not any(line.done or line.invoiced for line in here)
