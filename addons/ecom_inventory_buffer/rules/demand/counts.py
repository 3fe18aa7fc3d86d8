"""Chances of counts, as plain tuples.

`chances[k]` is the chance of exactly k units; the last entry is the chance of that many or more. A demand that is
surely nothing is `(1.0,)`. Tuples end where what is left is too unlikely to matter, so rare demand costs little.
"""

import math
from functools import lru_cache
from itertools import accumulate
from operator import mul
from statistics import NormalDist

# What is rarer than this is counted at the tuple's end instead of further out.
NEGLIGIBLE = 1e-7
# Above, the first chance of a long tuple would not fit a float any more; the normal distribution does well there.
COUNTABLE = 500.0

ONE_BY_ONE = ((1, 1.0),)


@lru_cache(maxsize=16384)
def compound(mean, shape, sizes=ONE_BY_ONE, top=1000):
    """Chances of the units in a number of orders with this mean, their sizes drawn from `sizes` ((size, chance), ...).

    The number of orders is negative binomial, variance = mean + mean^2 / shape, or Poisson where shape is infinite.
    Recursion of H. H. Panjer, ASTIN Bulletin 12 (1981): p(k) = sum over j of (a + b j / k) f(j) p(k - j).
    """
    if mean <= 0:
        return (1.0,)
    slope, offset, first = _panjer(mean, shape)
    found, rest = [first], 1.0 - first
    while rest > NEGLIGIBLE and len(found) < top:
        k = len(found)
        chance = sum((slope + offset * size / k) * share * found[k - size] for size, share in sizes if size <= k)
        found.append(chance)
        rest -= chance
    found.append(max(0.0, rest))
    return tuple(found)


def _panjer(mean, shape):
    if math.isinf(shape):
        return 0.0, mean, math.exp(-mean)
    full = mean / (mean + shape)
    return full, (shape - 1.0) * full, (1.0 - full) ** shape


def capped(chances, most):
    """Nobody can buy more than `most`: what lies above counts there."""
    if most >= len(chances) - 1:
        return chances
    if most <= 0:
        return (1.0,)
    return (*chances[:most], sum(chances[most:]))


def together(one, other, top):
    """Chances of the sum of two independent counts; everything from `top` on counts there."""
    if len(one) < len(other):
        one, other = other, one
    if len(other) == 1:
        return one
    turned, width = other[::-1], len(other)
    found = []
    for k in range(min(len(one) + width - 2, top)):
        first = k + 1 - width
        if first < 0:
            found.append(sum(map(mul, one, turned[-k - 1 :])))
        else:
            found.append(sum(map(mul, one[first : k + 1], turned)))
    found.append(max(0.0, 1.0 - sum(found)))
    return tuple(found)


def at_least(chances):
    """`[k]` is the chance of k or more."""
    return tuple(accumulate(reversed(chances)))[::-1]


def window(mean, variance, share):
    """Mean and shape of what falls into a `share` of the time in which mean and variance were measured.

    Independent increments: both scale. To keep the shape instead would understate short windows.
    """
    shape = mean * mean / (variance - mean) if variance > mean else math.inf
    return mean * share, shape * share


def enough(mean, shape, risk):
    """The smallest number of units that demand exceeds with at most this chance."""
    if mean > COUNTABLE:
        spread = math.sqrt(mean + mean * mean / shape)
        return math.ceil(NormalDist(mean, spread).inv_cdf(1.0 - risk))
    chances = compound(mean, shape, top=100_000)
    reached = 0.0
    for units, chance in enumerate(chances):
        reached += chance
        if 1.0 - reached <= risk:
            return units
    return len(chances) - 1
