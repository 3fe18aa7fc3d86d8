"""What an exchange costs or brings the buyer."""

from decimal import Decimal

from .shares import ZERO


def difference(*, new: Decimal, credit: Decimal, bonus: Decimal = ZERO, fees: Decimal = ZERO) -> Decimal:
    """Above zero: the buyer pays it before the new goods leave. Below: he gets it back. All with tax.

    `bonus` is what we add for exchanging instead of taking the money; it is spent in the exchange or lost, never paid
    out.
    """
    due = new - credit + fees
    return max(due - bonus, ZERO) if due > 0 else due
