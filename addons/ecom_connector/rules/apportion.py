"""Rounding that adds up."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def quantise(amount: Decimal, unit: Decimal) -> Decimal:
    """`amount` in whole `unit`s (0.01 for cents, 1 for yen), half away from zero as shops do."""
    return (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def apportion(target: Decimal, amounts: Sequence[Decimal], unit: Decimal) -> list[Decimal]:
    """The amounts in whole units, made to add up to `target`.

    Each is rounded. The units then missing go where they are most at home: many of them by size, the last few to
    those that rounding took most from, then to the larger, then to the earlier. The same input gives the same result
    on every machine. `target` is a whole number of units; ValueError when there is nothing to give it to.
    """
    rounded = [quantise(amount, unit) for amount in amounts]
    missing = int((target - sum(rounded, Decimal(0))) / unit)
    if not missing:
        return rounded
    if not amounts:
        raise ValueError("nothing to apportion to")
    for index, share in enumerate(_by_size(missing, amounts)):
        rounded[index] += share * unit
        missing -= share
    sign = 1 if missing > 0 else -1
    left = sorted(range(len(amounts)), key=lambda i: (-(amounts[i] - rounded[i]) * sign, -abs(amounts[i]), i))
    for index in left[: abs(missing)]:
        rounded[index] += sign * unit
    return rounded


def split_evenly(amount: float, parts: int, digits: int) -> list[float]:
    """`amount` in so many equal parts of whole cents (by `digits`), which add up to it; the first ones take what is
    over. Nothing for no parts."""
    unit = Decimal(1).scaleb(-digits)
    whole = quantise(Decimal(str(amount)), unit)
    return [float(share) for share in apportion(whole, [whole / parts] * parts, unit)] if parts else []


def _by_size(units: int, amounts: Sequence[Decimal]) -> list[int]:
    """Whole units by the size of the amounts, towards zero: fewer than one an amount stay over."""
    size = sum((abs(amount) for amount in amounts), Decimal(0))
    if not size:
        share = int(units / len(amounts))
        return [share] * len(amounts)
    return [int(units * abs(amount) / size) for amount in amounts]
