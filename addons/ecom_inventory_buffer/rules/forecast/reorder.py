"""When to buy again, and up to how many.

The reorder point is what demand during the wait for goods exceeds with at most the accepted chance (the classical
(s, S) policy; Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, chapter 6). How much
demand varies is not assumed: it is the forecast's own error on the weeks held back.
"""

import math
from typing import NamedTuple

from ..demand.counts import enough


class Reorder(NamedTuple):
    """In the product's unit, whole numbers.

    point       buy as soon as there is less than this, what is on its way counted
    up_to       and so many that there are this many then
    expected    of the point, what is expected to be sold while waiting; the rest is for the unexpected
    """

    point: int
    up_to: int
    expected: float


def propose_reorder(outlook, lead_days, cover_days, risk):
    """lead_days: from buying to shelf; cover_days: how long one purchase should last; risk: chance of selling out."""
    expected = outlook.units(lead_days)
    point = demand_within(outlook, lead_days, risk)
    return Reorder(point, point + math.ceil(outlook.units(cover_days, after=lead_days)), expected)


def demand_within(outlook, days, risk):
    """Units that demand in the next days exceeds with at most this chance. Poisson, or negative binomial where the
    forecast was further off than that."""
    expected = outlook.units(days)
    if expected <= 0:
        return 0
    variance = outlook.spread * days / 7
    shape = expected * expected / (variance - expected) if variance > expected else math.inf
    return enough(expected, shape, risk)
