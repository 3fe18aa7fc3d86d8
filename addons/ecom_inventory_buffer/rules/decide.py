"""Terms and a rule -> what one listing shows, with each step of the sum.

free      = on hand - reserved - waiting - held - unimported
units     = free, changed by the strategies of the rule in their fixed order (strategies.ORDER)
quantity  = max(0, floor(units / units of one listing)), back-orders on top, none below the smallest order
"""

import datetime
import math
from functools import lru_cache
from typing import NamedTuple

from .risk.crowd import busiest, merged
from .risk.exposure import Latest, sinks_of
from .risk.share_out import share_out
from .strategies import RiskSized
from .terms import DUST, Terms


class Case(NamedTuple):
    """One listing to decide.

    terms       Terms of its product in its channel's locations
    available   terms.available, worked out once for all listings that share them
    channel     whatever identifies the channel
    units       units of the product that one listing takes
    sold        units sold on this channel since its allocation began
    ahead       units pre-ordered on this channel
    today       date where the merchant is
    safe        units that the accepted chance of overselling allows (decide_pool)
    limit       units left by channels that earn more (booking_limits)
    """

    terms: Terms
    available: float
    channel: object = None
    units: float = 1.0
    sold: float = 0.0
    ahead: float = 0.0
    today: datetime.date | None = None
    safe: float | None = None
    limit: float | None = None


class Decision(NamedTuple):
    """What a listing shows, and why: explain.py makes a sentence of it.

    steps   ((strategy or the name of a fact, before, after), ...), those that changed nothing left out
    """

    quantity: int
    case: Case
    steps: tuple
    rule: str


def decide(case, rule):
    """The Decision for one Case under one Rule."""
    on_units, on_listings = rule.halves(case.available)
    steps = []
    quantity = case.available
    for strategy in on_units:
        before, quantity = quantity, strategy.apply(quantity, case)
        if quantity != before:
            steps.append((strategy, before, quantity))
    quantity = math.floor(quantity / case.units + DUST) if quantity > 0 else 0
    for strategy in on_listings:
        before, quantity = quantity, strategy.apply(quantity, case)
        if quantity != before:
            steps.append((strategy, before, quantity))
    return Decision(quantity, case, tuple(steps), rule.name)


def decide_pool(cases, rules, reaches, latest=None, sizes=((1, 1.0),), others=()):
    """Decisions for all listings of one product that sell the same stock.

    cases, rules, reaches   one Case, Rule and risk.exposure.Reach for each listing
    latest                  risk.exposure.Latest of the product
    sizes                   order sizes (demand/baskets.py)
    others                  Reach of what sells the same stock without a listing: a till, the sales team
    """
    risky = [rule.find(RiskSized, case.available) for case, rule in zip(cases, rules, strict=True)]
    if not any(risky):
        return [decide(case, rule) for case, rule in zip(cases, rules, strict=True)]
    stock = min(case.available for case, strategy in zip(cases, risky, strict=True) if strategy)
    accepted = [strategy and strategy.risk for strategy in risky]
    safe = safe_units(stock, accepted, reaches, latest, sizes, others)
    return [
        decide(case if units is None else case._replace(safe=units), rule)
        for case, rule, units in zip(cases, rules, safe, strict=True)
    ]


def safe_units(stock, accepted, reaches, latest=None, sizes=((1, 1.0),), others=()):
    """Units of `stock` that each of `reaches` may show, as in `decide_pool`; None for one that asks for no risk.

    accepted   the chance that each accepts, 0 to 1, or None: the smallest of them counts
    """
    return list(_safe_units(stock, tuple(accepted), tuple(reaches), latest or Latest(), sizes, tuple(others)))


@lru_cache(maxsize=4096)
def _safe_units(stock, accepted, reaches, latest, sizes, others):
    """Most of very many products are in the same few situations."""
    head = busiest(reaches, first=[risk is not None for risk in accepted])
    rest = [reach for at, reach in enumerate(reaches) if at not in head]
    # What another rule decides is not ours to cut: it counts as demand that asks nobody.
    sharing = [reaches[at] if accepted[at] is not None else reaches[at]._replace(limited=False) for at in head]
    beside = [reach._replace(limited=False) for reach in others] + ([merged(rest)] if rest else [])
    sinks = sinks_of((*sharing, *beside), latest)
    risk = min(risk for risk in accepted if risk is not None)
    found = share_out(max(0, math.floor(stock + DUST)), sinks, sizes, risk)
    found = dict(zip(head, found, strict=False))
    # Those counted together sell least of all: they show what the least of the others does.
    least = min(units for units in found.values() if units is not None)
    return tuple(None if risk is None else found.get(at, least) for at, risk in enumerate(accepted))
