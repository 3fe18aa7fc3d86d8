"""Terms and a rule -> what one listing shows, with each step of the sum.

free      = on hand - reserved - waiting - held - unimported
units     = free, changed by the strategies of the rule in their fixed order (strategies.ORDER)
quantity  = max(0, floor(units / units of one listing)), and back-orders on top
"""

import datetime
import math
from typing import NamedTuple

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
    minimum     fewest listings that can be ordered
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
    minimum: int = 1
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
    if 0 < quantity < case.minimum:
        steps.append(("minimum", quantity, 0))
        quantity = 0
    return Decision(quantity, case, tuple(steps), rule.name)


def decide_pool(cases, rules, reaches, latest=None, sizes=((1, 1.0),), others=()):
    """Decisions for all listings of one product that sell the same stock.

    cases, rules, reaches   one Case, Rule and risk.exposure.Reach for each listing
    latest                  risk.exposure.Latest of the product
    sizes                   order sizes (demand/baskets.py)
    others                  Reach of what sells the same stock without a listing: a till, the sales team
    """
    risky = [rule.find(RiskSized, case.available) for case, rule in zip(cases, rules, strict=True)]
    accepted = [strategy.risk for strategy in risky if strategy]
    if not accepted:
        return [decide(case, rule) for case, rule in zip(cases, rules, strict=True)]
    # What another rule decides is not ours to cut: it counts as demand that asks nobody.
    sharing = [
        reach if strategy else reach._replace(limited=False) for reach, strategy in zip(reaches, risky, strict=True)
    ]
    stock = math.floor(min(case.available for case, strategy in zip(cases, risky, strict=True) if strategy) + DUST)
    sinks = sinks_of((*sharing, *(reach._replace(limited=False) for reach in others)), latest or Latest())
    safe = share_out(max(0, stock), sinks, sizes, min(accepted))
    return [
        decide(case if units is None else case._replace(safe=units), rule)
        for case, rule, units in zip(cases, rules, safe, strict=False)
    ]
