"""How much of a delivery can still come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shares import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What left with one stock move, in the product's own unit: the one place where dozens and pieces meet.

    done        left
    back        came back of it, less what was sent out once more
    promised    agreed to come back and not here yet
    """

    key: object
    done: Decimal
    back: Decimal = ZERO
    promised: Decimal = ZERO

    @property
    def returnable(self) -> Decimal:
        return max(self.done - self.back - self.promised, ZERO)


def allot(quantity: Decimal, deliveries: Sequence[Delivered]) -> list[tuple[object, Decimal]]:
    """[(key, units)]: which deliveries the units came with, the latest first, as it is those that people still have.

    ValueError where that is more than can come back: each move caps what returns of it, so that a kit is capped part
    by part and two deliveries of one line cannot stand in for each other.
    """
    found = []
    for delivery in reversed(deliveries):
        share = min(quantity, delivery.returnable)
        if share > 0:
            found.append((delivery.key, share))
            quantity -= share
    if quantity > 0:
        raise ValueError(quantity)
    return found[::-1]


def whole_kits(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """How many whole kits still are with the buyer. `parts`: (units of a component with him, units in one kit)."""
    counts = [with_buyer // each for with_buyer, each in parts if each]
    return min(counts) if counts else ZERO
