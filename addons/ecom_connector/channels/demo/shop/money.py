"""Whole cents inside the shop, decimal text outside: sums are exact and fast, and no float is ever near money."""

import re
from collections.abc import Sequence
from decimal import Decimal

PERCENT = 100
AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")


def cents(text: str) -> int:
    """`"12.34"` -> 1234. ValueError for what is not decimal text with at most two digits after the point."""
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount in whole cents")
    return int(Decimal(text) * 100)


def text(amount: int) -> str:
    """1234 -> `"12.34"`."""
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{amount // 100}.{amount % 100:02d}"


def share(amount: int, part: int, whole: int) -> int:
    """`amount * part / whole`, halves away from zero, as a till rounds."""
    if whole == 0:
        return 0
    sign = -1 if (amount < 0) != (part < 0) else 1
    top = abs(amount) * abs(part)
    return sign * ((2 * top + whole) // (2 * whole))


def tax_on(net: int, rate: int) -> int:
    """Tax of `rate` percent on an amount without tax."""
    return share(net, rate, PERCENT)


def tax_within(gross: int, rate: int) -> int:
    """Tax of `rate` percent contained in an amount that includes it."""
    return share(gross, rate, PERCENT + rate)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` in proportion to `weights`; the parts add up to it exactly.

    Each part is the difference of two rounded running shares, so no cent is lost or invented.
    """
    whole, seen, given, parts = sum(weights), 0, 0, []
    for weight in weights:
        seen += weight
        upto = share(amount, seen, whole)
        parts.append(upto - given)
        given = upto
    return parts
