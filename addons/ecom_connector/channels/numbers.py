"""Numbers that stand in a channel's answers as text, to the last digit."""

import re
from decimal import Decimal

from .errors import Unreadable

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
_LARGEST = Decimal(10) ** 15


def exact(stated: str) -> Decimal:
    """Money, a rate or a quantity with the digits stated; empty text is zero. Unreadable where it is no number."""
    stated = stated.strip()
    if not stated:
        return Decimal(0)
    if not _NUMBER.fullmatch(stated):
        raise Unreadable("The shop sent something that is not a number where an amount was expected.")
    value = Decimal(stated)
    if abs(value) >= _LARGEST:
        raise Unreadable("The shop sent an amount that is too large to be one.")
    # Without an exponent, so that 1E+3 and 1000 are stored and shown alike.
    return Decimal(format(value, "f"))
