"""What a line amounts to as its channel stated it, and its parts: shares of a line always add up to the whole."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .apportion import quantise

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stated:
    """Whole cents of a line: `net` after `discount` and without tax; `taxes`: {tax: amount}."""

    net: Decimal = ZERO
    discount: Decimal = ZERO
    taxes: Mapping[Hashable, Decimal] = field(default_factory=dict)

    def part(self, part: Decimal, whole: Decimal, unit: Decimal) -> "Stated":
        """The share of `part` in `whole` units; the whole of it for all of them, whatever was rounded before."""

        def share(amount: Decimal) -> Decimal:
            return quantise(amount * part / whole, unit)

        taxes = {tax: share(amount) for tax, amount in self.taxes.items()}
        return Stated(share(self.net), share(self.discount), taxes)

    def plus(self, other: "Stated", sign: int = 1) -> "Stated":
        taxes = dict(self.taxes)
        for tax, amount in other.taxes.items():
            taxes[tax] = taxes.get(tax, ZERO) + sign * amount
        return Stated(self.net + sign * other.net, self.discount + sign * other.discount, taxes)

    def minus(self, other: "Stated") -> "Stated":
        return self.plus(other, sign=-1)
