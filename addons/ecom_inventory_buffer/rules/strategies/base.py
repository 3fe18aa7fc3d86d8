"""What all strategies have in common. A strategy is a named tuple of a merchant's numbers with three methods:

problems()              what is wrong with the numbers, in words, none when all is well
apply(quantity, case)   the quantity after it, in the product's unit; never raises a quantity unless that is its job
words(before, after)    (template, values) of its part of the explanation
"""

import math


def amount(value, name):
    """Problems of a number that must be zero or more."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return [f"{name} must be a number."]
    return [f"{name} cannot be negative."] if value < 0 else []
