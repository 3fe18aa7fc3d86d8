"""How long a channel sells without our knowing, and how much that may be.

A sale is known after the channel's delay of importing; a decision is shown after its delay of publishing. Both are
measured, 95th percentile. What one channel sells within the two is what all others must leave room for.
"""

import math
from typing import NamedTuple

from ..demand import intensity
from .oversell import Sink

# Demand is rounded up to steps of a tenth, so that equal cases are worked out once.
STEPS = 10.0


class Reach(NamedTuple):
    """A channel's side of one product.

    rate        orders a second at a usual time
    imported    seconds from a sale to its import, 95th percentile
    pushed      seconds from a decision to its being shown, 95th percentile
    share       its part of the product's sales
    shown       units that it shows, as far as we know
    unseen      most units it can have sold, or can still sell, without our knowing
    changed     seconds since what it shows was last changed by us; negative: that is still on its way
    units       units of stock that one of it takes
    limited     False: it sells without asking us
    """

    rate: float
    imported: float
    pushed: float
    share: float
    shown: int = 0
    unseen: int = 0
    changed: float = math.inf
    units: int = 1
    limited: bool = True


class Latest(NamedTuple):
    """What is known of a product's latest orders.

    age         seconds since goods arrived or a campaign began; None: long ago
    orders      seconds since each order that is known, any channel, newest first
    surge       how many times busier than usual surges were
    unevenness  shape of the differences between channels: small means they differ much
    """

    age: float | None = None
    orders: tuple = ()
    surge: float = 20.0
    unevenness: float = 2.0


def sinks_of(reaches, latest):
    """The sinks of a product, one for each of its `Reach`."""
    return tuple(_sink(reach, reaches, latest) for reach in reaches)


def _sink(reach, reaches, latest):
    busy = _busy(reach, reaches, latest)
    shape = rounded_shape(busy.shape, latest.unevenness)
    rate = reach.rate * busy.mean
    selling = (rounded(rate * (reach.imported + reach.pushed)), shape)
    stopping = (rounded(rate * _stopping(reach, latest.age)), shape)
    return Sink(round(reach.share, 1) or 0.05, selling, stopping, reach.shown, reach.unseen, reach.units, reach.limited)


def _busy(reach, reaches, latest):
    """How busy the time is that the channel has not told us of; the other channels tell."""
    seconds = max(reach.imported + reach.pushed, intensity.SHORTEST)
    if latest.age is not None:
        seconds = min(seconds, latest.age)
    orders = sum(1 for ago in latest.orders if ago <= seconds)
    usual = intensity.usual_orders([r.rate for r in reaches], seconds, [r.imported for r in reaches])
    return intensity.learnt(intensity.believed(latest.surge, latest.age), orders, usual)


def _stopping(reach, age):
    """Seconds of sales that stay unknown when the channel is told now to show nothing."""
    past = reach.imported if age is None else min(reach.imported, age)
    if reach.shown > 0:
        return past + reach.pushed
    # It was told already: only what it sold before that can still come.
    return max(0.0, min(past, reach.imported - reach.changed)) + max(0.0, -reach.changed)


def rounded(mean):
    """Up to the next step; demand below one order in a million is none."""
    return math.exp(math.ceil(math.log(mean) * STEPS) / STEPS) if mean > 1e-6 else 0.0


def rounded_shape(one, other):
    """The shape of a product of two gamma factors with mean 1, down to the next step: more spread, never less."""
    spread = (1.0 + 1.0 / one) * (1.0 + 1.0 / other) - 1.0
    return 1.0 / rounded(spread)
