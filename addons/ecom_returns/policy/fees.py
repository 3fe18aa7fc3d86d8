"""What the seller keeps back: a restocking fee, or the cost of the return parcel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .shares import ZERO, quantise, spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """`kind`: "fixed" (an amount for the whole return) or "percent" of what is credited.

    treatment   "reduces": less of the sale is taken back, so its taxes shrink with it; the fee is with tax.
                "service": the sale and all its tax are taken back, the fee is a service of its own without tax on it
                here (the tax of its product is the caller's)
    """

    kind: str
    value: Decimal
    treatment: str = "reduces"


def charge(fee: Fee, shares: Sequence[tuple[Decimal, Mapping]], unit: Decimal) -> list[tuple[Decimal, dict]]:
    """[(net, {tax: amount})] that is kept back of each share (net, {tax: amount}); never more than the share."""
    grosses = [net + sum(taxes.values(), ZERO) for net, taxes in shares]
    if fee.kind == "percent":
        amounts = [quantise(gross * fee.value / 100, unit) for gross in grosses]
    else:
        amounts = spread(quantise(fee.value, unit), grosses, unit) if shares else []
    amounts = [min(max(amount, ZERO), max(gross, ZERO)) for amount, gross in zip(amounts, grosses, strict=True)]
    if fee.treatment == "service":
        return [(amount, {}) for amount in amounts]
    return [
        _with_taxes(amount, taxes, gross, unit)
        for amount, (_net, taxes), gross in zip(amounts, shares, grosses, strict=True)
    ]


def _with_taxes(amount: Decimal, taxes: Mapping, gross: Decimal, unit: Decimal) -> tuple[Decimal, dict]:
    """A fee that is part of the price carries the price's taxes in proportion."""
    if not gross:
        return ZERO, {}
    found = {tax: quantise(charged * amount / gross, unit) for tax, charged in taxes.items()}
    return amount - sum(found.values(), ZERO), found
