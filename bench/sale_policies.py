"""How the flash sale is decided: the real rules under the merchant's settings that are compared."""

from bench.plain import (
    Case,
    Fixed,
    Latest,
    Reach,
    RiskSized,
    Rule,
    Terms,
    decide,
    decide_pool,
    learn,
    learn_sizes,
    mean_size,
)

HOURS = 28 * 24


def constant(scenario, units):
    """The same buffer on every listing, decided at each imported order."""
    rule = Rule(f"always {units} back", Fixed(units))
    channels = tuple(scenario["channels"])

    def policy(_key, product, _now):
        return dict.fromkeys(channels, decide(_case(product), rule).quantity)

    return policy


def hourly(scenario):
    """No buffer; quantities are sent once an hour."""
    at_once = constant(scenario, 0)
    return lambda key, product, now: at_once(key, product, now) if not now else None


def risk_sized(scenario, percent):
    """As little hidden as keeps the chance of overselling within that; demand is learnt from the four weeks before and
    from the orders imported so far."""
    counts = [(day * 24 + hour, channel, key, units) for day, hour, channel, key, units in scenario["history"]]
    history, sizes = learn(counts, HOURS, scenario["products"]), learn_sizes()
    rule, channels = Rule("risk-sized", RiskSized(percent)), scenario["channels"]
    usual = {
        key: {channel: history.rate(key, channel) / 3600.0 / mean_size(sizes) for channel in channels}
        for key in scenario["products"]
    }

    def policy(key, product, now):
        case, rates = _case(product), usual[key]
        total = sum(rates.values())
        reaches = [_reach(product.listings[c], rates[c], rates[c] / total, channels[c], now) for c in channels]
        ages = tuple(now - placed for placed, _channel, _units in product.orders)
        latest = Latest(now, ages, history.surge, history.unevenness)
        found = decide_pool([case] * len(reaches), [rule] * len(reaches), reaches, latest, sizes)
        return {channel: decision.quantity for channel, decision in zip(channels, found, strict=True)}

    return policy


def _case(product):
    terms = Terms(on_hand=product.known_stock)
    return Case(terms, terms.available)


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
