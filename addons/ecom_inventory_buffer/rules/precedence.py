"""Which rule wins for a product on a channel: the most specific one, among equals the first in the merchant's order.

More specific is, in this order: a product, a domain, a deeper category, a location, a channel, nothing at all.
"""

import datetime
from typing import NamedTuple


class Facts(NamedTuple):
    """What a rule may ask of a listing. `categories`: the product's category and all above it."""

    product: object
    channel: object
    location: object = None
    categories: frozenset = frozenset()


class Scope(NamedTuple):
    """Where a rule holds; None asks nothing.

    products, channels, locations   sets of ids
    domain                          set of the products a domain selects, worked out before
    category, depth                 id, and how many categories lie above it
    since, until                    dates, both inclusive
    """

    products: frozenset | None = None
    domain: frozenset | None = None
    category: object = None
    depth: int = 0
    locations: frozenset | None = None
    channels: frozenset | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None


class Candidate(NamedTuple):
    """A rule that may win. `rule`: what wins with it, of no interest here."""

    key: object
    sequence: int
    scope: Scope
    rule: object = None


def ranked(candidates):
    """The candidates, those that win first."""
    return sorted(candidates, key=_rank)


def holding(candidates, channel, today):
    """Of the ranked candidates those that can hold for this channel on this day: for many listings, asked once."""
    return [
        candidate
        for candidate in candidates
        if (candidate.scope.channels is None or channel in candidate.scope.channels)
        and (candidate.scope.since is None or candidate.scope.since <= today)
        and (candidate.scope.until is None or today <= candidate.scope.until)
    ]


def winner(candidates, facts):
    """The first of `holding` candidates that fits, or None."""
    for candidate in candidates:
        if _misfit(candidate.scope, facts) is None:
            return candidate
    return None


def reasons(candidates, facts, today):
    """[(candidate, why not)] in the order they were asked; the one that won has None."""
    found, won = [], False
    for candidate in ranked(candidates):
        why = _outside(candidate.scope, facts, today) or _misfit(candidate.scope, facts)
        if not why and won:
            why = "a rule that is more specific, or comes first, won"
        won = won or not why
        found.append((candidate, why))
    return found


def _rank(candidate):
    scope = candidate.scope
    return (
        scope.products is None,
        scope.domain is None,
        scope.category is None,
        -scope.depth,
        scope.locations is None,
        scope.channels is None,
        candidate.sequence,
    )


def _misfit(scope, facts):
    if scope.products is not None and facts.product not in scope.products:
        return "another product"
    if scope.domain is not None and facts.product not in scope.domain:
        return "its domain does not select the product"
    if scope.category is not None and scope.category not in facts.categories:
        return "another category"
    if scope.locations is not None and facts.location not in scope.locations:
        return "another location"
    return None


def _outside(scope, facts, today):
    if scope.channels is not None and facts.channel not in scope.channels:
        return "another channel"
    if scope.since is not None and today < scope.since:
        return "not valid yet"
    if scope.until is not None and today > scope.until:
        return "not valid any more"
    return None
