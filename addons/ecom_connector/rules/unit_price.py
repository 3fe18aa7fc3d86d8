"""From a line amount to a unit price and a discount that a person recognises."""

from decimal import ROUND_HALF_UP, Decimal

from .apportion import quantise

HUNDRED = Decimal(100)
MOST_DIGITS = 6


def discount_percent(gross: Decimal, discount: Decimal, digits: int = 2) -> Decimal:
    """The discount in percent of `gross`; zero for a surcharge, which belongs into the price."""
    if not gross or discount / gross <= 0:
        return Decimal(0)
    return quantise(discount / gross * HUNDRED, Decimal(1).scaleb(-digits))


def unit_price(amount: Decimal, gross: Decimal, percent: Decimal, quantity: Decimal, digits: int) -> Decimal:
    """The price of one of `quantity` that comes to `amount` after `percent`.

    The channel's own price where it does, with as few digits as do it; else the exact quotient. `digits` of the
    currency. ZeroDivisionError without a quantity.
    """
    factor = 1 - percent / HUNDRED
    if not factor:
        return _rounded(gross / quantity, MOST_DIGITS)
    for price in (gross / quantity, amount / factor / quantity):
        for places in range(digits, MOST_DIGITS + 1):
            candidate = _rounded(price, places)
            if quantise(candidate * factor * quantity, Decimal(1).scaleb(-digits)) == amount:
                return candidate
    return _rounded(amount / factor / quantity, 12)


def _rounded(price: Decimal, places: int) -> Decimal:
    return price.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
