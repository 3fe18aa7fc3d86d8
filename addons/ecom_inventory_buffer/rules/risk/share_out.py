"""Quantities for all channels that share one stock: the least hidden for a chance of overselling that is accepted.

Begin with hiding nothing. While the chance is too high, make that cut which lowers it most for each unit it hides,
weighed by what the channel sells. So nothing is hidden where that is useless, a channel that reports late is the first
to lose the last units, and they end up on one channel where a buffer would put them on none.
"""

import math
from functools import lru_cache

from .oversell import EXACT, Board

# A cut is this part of the stock, or all that is left.
CUTS = 16


def share_out(stock, sinks, sizes, risk):
    """Units to show, one number for each sink (None for those that ask nobody).

    stock   units free for sale, a whole number
    sinks   tuple of Sink
    sizes   order sizes (demand/baskets.py)
    risk    accepted chance of overselling, 0 to 1
    """
    if stock <= 0:
        return tuple(0 if sink.limited else None for sink in sinks)
    # More than EXACT units are counted in packs: demand keeps its mean and gains spread, which overstates the risk.
    pack = math.ceil(stock / EXACT)
    if pack == 1:
        return _share_out(stock, _within(sinks, stock), sizes, risk)
    packs = stock // pack
    found = _share_out(packs, _within(tuple(_packed(sink, pack) for sink in sinks), packs), sizes, risk)
    return tuple(None if q is None else stock if q == packs else q * pack for q in found)


def _within(sinks, stock):
    """More than the stock is as much as the stock: fewer different cases."""
    return tuple(sink._replace(shown=min(sink.shown, stock), unseen=min(sink.unseen, stock + 1)) for sink in sinks)


def _packed(sink, pack):
    """`pack` units become one; the number of orders shrinks instead of their size."""
    return sink._replace(
        selling=(sink.selling[0] / pack, sink.selling[1]),
        stopping=(sink.stopping[0] / pack, sink.stopping[1]),
        shown=math.ceil(sink.shown / pack),
        unseen=math.ceil(sink.unseen / pack),
        units=1,
    )


@lru_cache(maxsize=16384)
def _share_out(stock, sinks, sizes, risk):
    board = Board(stock, sinks, sizes)
    quantities = tuple(stock if sink.limited else 0 for sink in sinks)
    step = max(1, stock // CUTS)
    chance = board.chance(quantities)
    while chance > risk and any(quantities):
        quantities, chance = max(_cuts(board, quantities, chance, step, risk), key=lambda cut: cut[2:])[:2]
    return tuple(q if sink.limited else None for q, sink in zip(quantities, sinks, strict=True))


def _cuts(board, quantities, chance, step, risk):
    for number, quantity in enumerate(quantities):
        for cut in {min(step, quantity), quantity} - {0}:
            fewer = (*quantities[:number], quantity - cut, *quantities[number + 1 :])
            left = board.chance(fewer)
            gain = math.log(chance / max(left, risk)) / (cut * board.sinks[number].share)
            # Of two that help equally, the one whose sales stay unknown longer.
            yield fewer, left, gain, board.sinks[number].selling[0]
