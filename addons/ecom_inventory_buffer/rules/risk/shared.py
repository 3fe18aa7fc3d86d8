"""Products that take from one stock, each several units of it at a time: kits and their components.

"A listing l that takes a(l) units of a component has the demand a(l) D(l) on it": counted in the smallest part that
any of them takes, so that a kit of half a metre beside the cloth by the metre is counted as it is.
"""

import math

DUST = 1e-6


def grain_of(units):
    """The quantity that counts as one: what the smallest of them takes, at most one unit."""
    return min(1.0, *units)


def scaled(reach, units):
    """The Reach of a product of which one takes so many of the stock, as the stock sees it; `share` is what it takes in
    a second: see `in_parts`."""

    def all_of(quantity):
        return math.ceil(quantity * units - DUST)

    return reach._replace(
        share=reach.rate * reach.units * units,
        shown=all_of(reach.shown),
        unseen=all_of(reach.unseen),
        units=max(1, all_of(reach.units)),
    )


def in_parts(reaches):
    """The same with their parts of all that is taken."""
    total = sum(reach.share for reach in reaches) or 1.0
    return [reach._replace(share=reach.share / total) for reach in reaches]
