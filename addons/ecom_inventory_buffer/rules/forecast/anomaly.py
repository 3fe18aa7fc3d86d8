"""Sales that chance does not explain: a spike, or a stall.

The latest days are held against the forecast made without them: a spike is more than usual demand reaches once in a
thousand times, a stall so little that usual demand stays at or below it as rarely.
"""

import math
from typing import NamedTuple

from ..demand.counts import COUNTABLE, compound

RARE = 0.001
# Fewer units make no spike, however rarely the product sells.
FEWEST = 5
# Days that are looked at, shortest first: what sells seldom needs longer to be missed.
WINDOWS = (7, 14, 28)


class Anomaly(NamedTuple):
    """kind: "spike" or "stall"; so many units in so many days, where `usual` were expected."""

    kind: str
    units: float
    days: int
    usual: float


def find_anomaly(latest, outlook, in_stock=True):
    """The Anomaly of these days, or None.

    latest      units of each day since the outlook's last week, oldest first, at most 28
    in_stock    False: what is sold out cannot stall
    """
    for days in WINDOWS:
        if days > len(latest):
            return None
        units, usual = sum(latest[-days:]), outlook.units(days, after=len(latest) - days)
        if usual <= 0:
            return None
        few, many = _chances(units, usual, outlook.spread * days / 7)
        if units >= FEWEST and units > usual and many < RARE:
            return Anomaly("spike", units, days, usual)
        if in_stock and units < usual and few < RARE:
            return Anomaly("stall", units, days, usual)
    return None


def _chances(units, mean, variance):
    """(chance of so many or fewer, chance of so many or more)."""
    shape = mean * mean / (variance - mean) if variance > mean else math.inf
    if mean > COUNTABLE:
        # The bound of Chebyshev and Cantelli, so that nothing is presumed of large numbers.
        off = (units - mean) ** 2
        bound = max(variance, mean) / (max(variance, mean) + off) if off else 1.0
        return (bound, 1.0) if units < mean else (1.0, bound)
    chances = compound(mean, shape, top=100_000)
    upto = sum(chances[: math.floor(units) + 1])
    below = sum(chances[: math.ceil(units)])
    return upto, max(0.0, 1.0 - below)
