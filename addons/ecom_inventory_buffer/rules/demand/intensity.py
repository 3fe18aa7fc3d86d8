"""How many times busier than usual a product sells right now.

Before anything is seen of it, the factor is gamma distributed: its mean is what history says of surges, its shape is
small because nobody knows whether one comes. Orders that are known are counted against those that a usual hour would
have brought; both simply add to the two parameters (gamma and Poisson are conjugate). A quiet quarter of an hour calms
the belief down, three orders in a minute wake it up, and one channel's orders say what to expect of the others.
"""

from typing import NamedTuple

# Small: half of all surges are expected below 45 % of the mean, one in a hundred above six times the mean.
BELIEF_SHAPE = 0.5
# Hourly counts hide how sales bunch within the hour: the busiest minutes are about twice as busy as their hour.
BUNCHING = 2.0
# So many times busier than usual on average, at an ordinary moment: most are not, and a surge asks nobody's leave.
CALM = 2.0
# The wariness after goods arrived, or a campaign began, is halved in this time.
HALVED_AFTER = 3600.0
# The shortest look back: less would take chance for change.
SHORTEST = 300.0


class Busy(NamedTuple):
    """A gamma distribution of the factor by which a product sells faster than usual."""

    mean: float
    shape: float


def believed(surge, age):
    """What to expect `age` seconds after goods arrived or a campaign began (None: long ago).

    `surge`: how many times busier than usual surges were (demand/surges.py).
    """
    peak = BUNCHING * surge
    fading = 0.0 if age is None else 0.5 ** (age / HALVED_AFTER)
    return Busy(max(CALM, peak * fading), BELIEF_SHAPE)


def learnt(belief, orders, usual):
    """Belief after so many `orders` came where `usual` were usual."""
    shape = belief.shape + orders
    return Busy(shape / (belief.shape / belief.mean + usual), shape)


def usual_orders(rates, seconds, delays):
    """Orders that a usual time would have brought, and made known, in the last `seconds`.

    `rates`: orders a second by channel; `delays`: seconds until an order is known. The last stretch of a channel is not
    known yet, so it proves nothing.
    """
    return sum(rate * max(0.0, seconds - delay) for rate, delay in zip(rates, delays, strict=True))
