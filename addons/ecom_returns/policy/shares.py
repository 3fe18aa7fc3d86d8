"""Shares that add up: what is given back in parts is, after the last part, the whole."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


def quantise(amount: Decimal, unit: Decimal) -> Decimal:
    """`amount` in whole `unit`s (0.01 for cents, 1 for yen), half away from zero."""
    return (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def part(amount: Decimal, before: Decimal, now: Decimal, whole: Decimal, unit: Decimal) -> Decimal:
    """The share of `now` in `whole` units of which `before` had theirs already.

    Rounded up to here less rounded up to before: whatever the parts are, they add up to `amount`, so that no cent is
    left after the last unit. ValueError for more than there is.
    """
    if whole <= 0 or now < 0 or before < 0 or before + now > whole:
        raise ValueError(f"{before} + {now} of {whole}")
    return quantise(amount * (before + now) / whole, unit) - quantise(amount * before / whole, unit)


def spread(amount: Decimal, weights: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """`amount` over the weights in proportion, in whole units that add up to it; evenly where nothing weighs anything.

    Weights below zero count as nothing. ValueError when there is nothing to give it to.
    """
    if not weights:
        raise ValueError("nothing to spread over")
    weights = [max(weight, ZERO) for weight in weights]
    if not any(weights):
        weights = [Decimal(1)] * len(weights)
    whole, before, shares = sum(weights, ZERO), ZERO, []
    for weight in weights:
        shares.append(quantise(amount * (before + weight) / whole, unit) - quantise(amount * before / whole, unit))
        before += weight
    return shares


def spread_taxes(taxes: Mapping, weights: Sequence[Decimal], unit: Decimal) -> list[dict]:
    """Each tax over the weights; one mapping a weight."""
    columns = {tax: spread(amount, weights, unit) for tax, amount in taxes.items()}
    return [{tax: column[index] for tax, column in columns.items()} for index in range(len(weights))]
