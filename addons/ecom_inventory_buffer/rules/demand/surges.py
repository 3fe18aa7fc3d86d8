"""How uneven sales are, and how much busier than usual their surges were: from hours that chance does not explain."""

import math
from collections import defaultdict

from .counts import at_least, compound

# Until seen otherwise: as if one usual unit had been met by a surge of twenty.
BELIEF_SURGE = 20.0
# Below, sales would come and go at will; above, they would be as even as a clock's.
SMALLEST, LARGEST = 0.5, 4.0
# How uneven the sales of an hour are taken to be while surges are looked for.
PROVISIONAL = 1.0
# Fewer units than these make no surge, however rarely the product sells.
FEWEST = 4
# Only products with so many units say something of unevenness.
TELLING = 50


def learn(counts, totals, day, hours):
    """(unevenness, surge). `counts` as in history.learn; `totals`: {product: units}; `day`: 24 factors."""
    cells = defaultdict(float)
    for hour, _channel, product, units in counts:
        cells[product, hour] += units
    surged = _surged(cells, totals, day, hours)
    units = BELIEF_SURGE + sum(cells[cell] for cell in surged)
    usual = 1.0 + sum(totals[product] / hours * day[hour % 24] for product, hour in surged)
    # A surge drives all channels at once: it says nothing of how they differ.
    ordinary = [count for count in counts if (count[2], count[0]) not in surged and totals[count[2]] >= TELLING]
    return _unevenness(ordinary, day, hours), units / usual


def _surged(cells, totals, day, hours):
    """The hours of products that chance would not have brought once in all this time."""
    rare, found = 1.0 / max(1.0, hours * len(totals)), set()
    for (product, hour), units in cells.items():
        usual = totals[product] / hours * day[hour % 24]
        if units >= FEWEST and units > 3.0 * usual and _chance(usual, units) < rare:
            found.add((product, hour))
    return found


def _chance(mean, units):
    """Of so many units or more."""
    top = math.ceil(units)
    chances = compound(mean, PROVISIONAL, top=top)
    return at_least(chances)[top] if top < len(chances) else 0.0


def _unevenness(counts, day, hours):
    """Shape of a negative binomial by its moments (variance = mean + mean^2 / shape), over all hours and channels."""
    sold, cells = defaultdict(float), defaultdict(float)
    for hour, channel, product, units in counts:
        sold[product, channel] += units
        cells[product, channel, hour] += units
    factors = sum(day[hour % 24] ** 2 for hour in range(int(hours)))
    squares = sum((units / hours) ** 2 for units in sold.values()) * factors
    # The squared distance from what is usual, less the units: `squares` is what the hours without sales add to it.
    excess = squares
    for (product, channel, hour), units in cells.items():
        excess += units * units - 2.0 * units * sold[product, channel] / hours * day[hour % 24] - units
    return min(LARGEST, max(SMALLEST, squares / excess)) if excess > 0 else LARGEST
