"""How the ERP decides in a replay: the real rules, with demand learnt from before it began."""

from typing import NamedTuple

from ..decide import Case, decide, decide_pool
from ..demand.baskets import learn_sizes
from ..risk.exposure import Latest, Reach
from ..terms import Terms


class Learnt(NamedTuple):
    """rates: {product: {channel: orders a second at a usual time}}, the others as in risk.exposure.Latest."""

    rates: dict
    surge: float = 20.0
    unevenness: float = 2.0
    sizes: tuple = learn_sizes()


def at_once(channels, rule):
    """One rule for all, decided at each imported order; it looks at the stock only."""

    def policy(_key, product, _now):
        return dict.fromkeys(channels, decide(_case(product, None), rule).quantity)

    return policy


def hourly(channels, rule):
    """The same, but quantities are sent once at the beginning."""
    decided = at_once(channels, rule)
    return lambda key, product, now: decided(key, product, now) if not now else None


def together(channels, rules, learnt):
    """Each channel by its rule, all of one product together. `channels`: those of the scenario; `rules`: {channel:
    Rule}; `learnt`: Learnt."""

    def policy(key, product, now):
        rates = learnt.rates[key]
        total = sum(rates.values()) or 1.0
        cases = [_case(product, channel) for channel in channels]
        reaches = [
            _reach(product.listings[c], rates.get(c, 0.0), rates.get(c, 0.0) / total, channels[c], now)
            for c in channels
        ]
        ages = tuple(now - placed for placed, _channel, _units in product.orders)
        latest = Latest(now, ages, learnt.surge, learnt.unevenness)
        found = decide_pool(cases, [rules[c] for c in channels], reaches, latest, learnt.sizes)
        return {channel: decision.quantity for channel, decision in zip(channels, found, strict=True)}

    return policy


def _case(product, channel):
    terms = Terms(on_hand=product.known_stock)
    sold = sum(units for _placed, where, units in product.orders if where == channel)
    return Case(terms, terms.available, channel=channel, sold=sold)


def _reach(listing, rate, share, channel, now):
    believed = listing.known.believed
    return Reach(
        rate,
        channel["import_p95_s"],
        channel["push_p95_s"],
        share,
        believed,
        listing.earlier.unseen(believed, now),
        now - listing.changed_at,
    )
