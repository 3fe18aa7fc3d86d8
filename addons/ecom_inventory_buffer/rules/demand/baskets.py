"""How many units one order takes: `((size, chance), ...)`, a coarse grid so that sums of orders stay cheap."""

import bisect

# Each size stands for those down to the one before: rounded up, demand is never understated.
SIZES = (1, 2, 3, 5, 8, 13, 21, 34)
# So many orders does what we believe beforehand weigh.
BELIEF = 50.0


def _believed():
    """Before anything was measured: the chance of k units or more falls with the square of k (Zipf's law)."""
    beyond = [1.0, *(1.0 / (size + 1) ** 2 for size in SIZES[:-1]), 0.0]
    return [now - then for now, then in zip(beyond, beyond[1:], strict=False)]


def learn_sizes(orders=()):
    """Chances of order sizes. `orders`: the units of past order lines, in any order."""
    weights = [BELIEF * share for share in _believed()]
    for units in orders:
        weights[min(bisect.bisect_left(SIZES, units), len(SIZES) - 1)] += 1
    total = sum(weights)
    return tuple((size, weight / total) for size, weight in zip(SIZES, weights, strict=True))


def mean_size(sizes):
    return sum(size * share for size, share in sizes)
