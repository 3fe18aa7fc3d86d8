"""Whom the last units are kept for: EMSR-b, the rule airlines sell their seats by.

P. P. Belobaba, "Optimal vs. heuristic methods for nested seat allocation" (1992); two classes give the rule of
K. Littlewood (1972). Classes are sorted by what a unit earns, m1 >= m2 >= ... For each j the first j classes together
get y(j) units protected against all that earn less:

    y(j) = smallest y with P(D1 + ... + Dj > y) <= m(j+1) / mbar(j),   mbar(j) = their mean margin weighed by demand
    limit of class j + 1 = stock - y(j)

It assumes that those who earn less come first, and is worked out again at every change.
"""

import math
from decimal import Decimal
from typing import NamedTuple

from .demand.counts import enough


class Demand(NamedTuple):
    """What a channel would sell until goods arrive: Decimal margin of a unit, mean and variance of the units."""

    margin: Decimal
    mean: float
    variance: float


def booking_limits(stock, demands):
    """{channel: most units it may show} for {channel: Demand}. What earns nothing is shown nothing others may want."""
    ranked = sorted(demands, key=lambda channel: demands[channel].margin, reverse=True)
    limits, better = {}, []
    for channel in ranked:
        demand = demands[channel]
        # Equal margins are one class: nothing is protected among them.
        above = [one for one in better if one.margin > demand.margin]
        limits[channel] = max(0, stock - protected(above, demand.margin))
        better.append(demand)
    return limits


def protected(better, margin):
    """Units kept for the `better` classes (list of Demand) against one that earns `margin`."""
    mean = sum(one.mean for one in better)
    if mean <= 0:
        return 0
    variance = sum(one.variance for one in better)
    earned = sum(one.margin * Decimal(one.mean) for one in better) / Decimal(mean)
    shape = mean * mean / (variance - mean) if variance > mean else math.inf
    # Where the unit earns nothing or less, all but the rarest demand of the others is protected.
    accepted = min(1.0, max(float(margin / earned), 1e-6))
    return enough(mean, shape, accepted)
