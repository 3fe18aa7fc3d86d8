"""A rule: strategies in their fixed order, checked before they decide anything."""

from .strategies import (
    ORDER,
    Allocation,
    BackOrder,
    BookingLimit,
    Constant,
    Fixed,
    LowStock,
    Percent,
    PreOrder,
    RiskSized,
    SmallestOrder,
)

# What they do depends on more than what is free for sale: other channels, sales so far, the date.
LOOK_AROUND = (RiskSized, BookingLimit, Allocation, PreOrder)
# The others work on units of stock.
ON_LISTINGS = (BackOrder, SmallestOrder)
# A constant quantity does not look at the stock: these would do nothing beside it.
LOOK_AT_STOCK = (Fixed, RiskSized, BookingLimit, Percent, Allocation, PreOrder)


class BadRule(ValueError):
    """The rule cannot be what the merchant meant; the message says why, one sentence a problem."""


class Rule:
    """A name, and the strategies of `strategies/` in any order. BadRule."""

    __slots__ = ("_kinds", "asks_channel", "looks_around", "low", "low_at", "name", "normal")

    def __init__(self, name, *strategies):
        low = [strategy for strategy in strategies if isinstance(strategy, LowStock)]
        normal = [strategy for strategy in strategies if not isinstance(strategy, LowStock)]
        problems = [*_problems(strategies), *_contradictions(normal)]
        if len(low) > 1:
            problems.append("Stock can be low in one way only.")
        for one in low:
            problems += [*_problems(one.strategies), *_contradictions(one.strategies)]
        if problems:
            raise BadRule(" ".join(dict.fromkeys(problems)))
        self.name = name
        self.normal = _halves(normal)
        self.low_at = low[0].units if low else None
        self.low = _halves(low[0].strategies) if low else None
        # Of the normal half and of the low one.
        self._kinds = _by_kind(self.normal), _by_kind(self.low or ())
        every = (*normal, *(low[0].strategies if low else ()))
        self.looks_around = any(isinstance(strategy, LOOK_AROUND) for strategy in every)
        self.asks_channel = self.looks_around or any(hasattr(strategy, "channel") for strategy in every)

    def halves(self, available):
        """(strategies on units, strategies on whole listings) for so many units free for sale."""
        if self.low_at is not None and available <= self.low_at:
            return self.low
        return self.normal

    def find(self, kind, available):
        """The strategy of that class that would count, or None."""
        return self._kinds[self.halves(available) is self.low].get(kind)


def _halves(strategies):
    ordered = sorted(strategies, key=lambda strategy: ORDER.index(type(strategy)))
    listings = tuple(strategy for strategy in ordered if isinstance(strategy, ON_LISTINGS))
    return tuple(strategy for strategy in ordered if not isinstance(strategy, ON_LISTINGS)), listings


def _by_kind(halves):
    return {type(strategy): strategy for half in halves for strategy in half}


def _problems(strategies):
    return [problem for strategy in strategies for problem in strategy.problems()]


def _contradictions(strategies):
    kinds = [type(strategy) for strategy in strategies]
    if len(set(kinds)) < len(kinds):
        yield "The rule says the same thing twice, with different numbers."
    if Constant in kinds and any(kind in kinds for kind in LOOK_AT_STOCK):
        yield "A constant quantity does not look at the stock: remove it, or what depends on the stock."
    if PreOrder in kinds and BackOrder in kinds:
        yield "Pre-orders have a cap of their own: remove the back-orders."
