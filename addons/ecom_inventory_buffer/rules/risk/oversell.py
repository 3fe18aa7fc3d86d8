"""The chance that stock shared by several channels is sold once too often.

What is sold on a channel reaches us after its delay of importing, what we decide is shown there after its delay of
publishing. Meanwhile a channel sells what the others sold already. Stock is oversold when some sale, together with all
others that are not known at that moment, is more than there is:

    P = sum over channels c of share(c) P(basket + min(D(c), Q(c)) + sum over others of min(D(o), Q(o)) > S)

It is asked at a sale, not at any moment: a slow mover is sold once, and it is then that nobody else may have sold it.
"""

from typing import NamedTuple

from ..demand.counts import at_least, capped, compound, together

# Stock up to here is worked out exactly; demand above it is all the same then.
EXACT = 64


class Sink(NamedTuple):
    """One channel, as seen by the stock it shares.

    share           its part of the sales, 0 to 1
    selling         (mean, shape) of the orders we do not know of yet, while it goes on selling
    stopping        the same if it were told now to show nothing
    shown           units that it shows, as far as we know
    unseen          most units that it can have sold, or can still sell, without our knowing
    units           units of stock that one of it takes
    limited         False: it sells without asking us (a till, the sales team); nothing can be decided for it
    """

    share: float
    selling: tuple
    stopping: tuple = (0.0, 1.0)
    shown: int = 0
    unseen: int = 0
    units: int = 1
    limited: bool = True


class Board:
    """Stock of at most EXACT units, its sinks, and the sums that the choice of quantities does not change."""

    def __init__(self, stock, sinks, sizes):
        self.stock = stock
        self.sinks = sinks
        self.top = stock + 1
        self._selling = [self._units(sink, sink.selling, sizes) for sink in sinks]
        self._stopping = [self._units(sink, sink.stopping, sizes) for sink in sinks]
        self._closing = [
            together(_dense([(size * sink.units, share) for size, share in sizes]), selling, self.top)
            for sink, selling in zip(sinks, self._selling, strict=True)
        ]

    def _units(self, sink, orders, sizes):
        if sink.units > 1:
            sizes = tuple((size * sink.units, share) for size, share in sizes)
        # The same length for every stock, so that it is remembered once.
        return capped(compound(*orders, sizes, EXACT + 1), self.top)

    def chance(self, quantities):
        """The chance of overselling at a sale if the sinks show these quantities."""
        claims = [self._claims(number, quantity) for number, quantity in enumerate(quantities)]
        risk = weight = 0.0
        for number, sink in enumerate(self.sinks):
            most = self._most(number, quantities[number])
            if most and sink.limited:
                others = self._others(claims, number)
                risk += sink.share * self._exceeds(capped(self._closing[number], most), others)
                weight += sink.share
        return risk / weight if weight else 0.0

    def _claims(self, number, quantity):
        sink = self.sinks[number]
        if not sink.limited:
            return self._selling[number]
        if quantity <= 0:
            return capped(self._stopping[number], sink.unseen)
        return capped(self._selling[number], self._most(number, quantity))

    def _most(self, number, quantity):
        """Writing a quantity over the channel's own puts up for sale again what it has sold and we do not know yet."""
        sink = self.sinks[number]
        if quantity <= 0 or not sink.limited:
            return 0
        return sink.unseen if quantity == sink.shown else sink.unseen + quantity

    def _others(self, claims, number):
        found = (1.0,)
        for other, chances in enumerate(claims):
            if other != number:
                found = together(found, chances, self.top)
        return found

    def _exceeds(self, own, others):
        reached, beyond = at_least(others), len(others)
        risk = 0.0
        for units, chance in enumerate(own):
            missing = self.stock + 1 - units
            if missing <= 0:
                risk += chance
            elif missing < beyond:
                risk += chance * reached[missing]
        return risk


def _dense(sizes):
    found = [0.0] * (sizes[-1][0] + 1)
    for size, share in sizes:
        found[size] += share
    return tuple(found)
