"""How the flash sale is decided: the real rules under the merchant's settings that are compared."""

from bench.plain import Fixed, Learnt, RiskSized, Rule, at_once, learn, learn_sizes, mean_size, once_an_hour, together

HOURS = 28 * 24


def constant(scenario, units):
    """The same buffer on every listing, decided at each imported order."""
    return at_once(tuple(scenario["channels"]), Rule(f"always {units} back", Fixed(units)))


def hourly(scenario):
    """No buffer; quantities are sent once an hour."""
    return once_an_hour(tuple(scenario["channels"]), Rule("no buffer", Fixed(0)))


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
    learnt = Learnt(usual, history.surge, history.unevenness, sizes)
    return together(channels, dict.fromkeys(channels, rule), learnt)
