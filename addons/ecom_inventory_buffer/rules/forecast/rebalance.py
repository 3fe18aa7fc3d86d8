"""Which units lie in the wrong warehouse: short in one, more than enough in another."""

import math
from typing import NamedTuple

from .reorder import demand_within

# A warehouse is short when it will not last so long, what is on its way counted; it is filled up to the same.
SHORT_DAYS = 14
# And gives only what it will not sell in so long itself.
KEEP_DAYS = 42


class Place(NamedTuple):
    """One product in one warehouse.

    free        units free for sale now
    incoming    units that arrive within SHORT_DAYS, transfers on their way included
    """

    warehouse: object
    free: float
    incoming: float
    outlook: object

    def days_left(self):
        """Days until what is there is sold; None: it does not sell here."""
        a_day = self.outlook.units(28) / 28
        return (self.free + self.incoming) / a_day if a_day > 0.001 else None


class Transfer(NamedTuple):
    source: Place
    target: Place
    units: int


def propose_transfers(places, risk=0.05, fewest=1):
    """Transfers for one product, the most urgent need first, from the largest surplus. `places`: Place of each
    warehouse that may give or take; `fewest`: units below which a transfer is not worth its way."""
    surplus = {place: _surplus(place, risk) for place in places}
    found = []
    for target in sorted(places, key=_urgency):
        need = _need(target, risk)
        while need >= fewest:
            source = max(surplus, key=surplus.get)
            units = min(need, surplus[source])
            if source is target or units < fewest:
                break
            found.append(Transfer(source, target, units))
            surplus[source] -= units
            need -= units
    return found


def _need(place, risk):
    wanted = demand_within(place.outlook, SHORT_DAYS, risk)
    return max(0, math.ceil(wanted - place.free - place.incoming))


def _surplus(place, risk):
    """What comes in later is not given away: it may be late."""
    return max(0, math.floor(place.free - demand_within(place.outlook, KEEP_DAYS, risk)))


def _urgency(place):
    left = place.days_left()
    return math.inf if left is None else left
