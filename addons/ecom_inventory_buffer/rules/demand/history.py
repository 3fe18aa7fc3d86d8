"""What products usually sell, learnt from sparse hourly counts.

Few products sell every hour, so each borrows from all: the course of the day is that of all products, its rate leans
on what products sell in general (empirical Bayes), its channels lean on the channels' shares.
"""

from collections import defaultdict
from typing import NamedTuple

from . import surges

DAY = 24
# A channel's share of a product leans on the overall share as if so many units had been sold that way.
SHARE_BELIEF = 30.0


class History(NamedTuple):
    """Units an hour and what is known of their spread.

    rates       {product: units an hour, all channels, around the clock}
    new         the same for a product that was never sold
    shares      {product: {channel: part of its sales}}
    overall     {channel: part of all sales}
    day         24 factors, mean 1
    unevenness  shape of a negative binomial hourly count
    surge       how many times busier than usual the hours of a surge were
    """

    rates: dict
    new: float
    shares: dict
    overall: dict
    day: tuple
    unevenness: float
    surge: float

    def rate(self, product, channel, hour=None):
        """Units an hour; without an hour those of the busiest one."""
        factor = max(self.day) if hour is None else self.day[hour]
        share = self.shares.get(product, self.overall).get(channel, 0.0)
        return self.rates.get(product, self.new) * factor * share


def learn(counts, hours, products=()):
    """History from `counts`: (hour since the beginning, channel, product, units), hours without sales left out.

    `hours`: how many were observed; hour 0 began at midnight. `products`: those on sale, also such that sold nothing.
    """
    counts = list(counts)
    sold, by_hour = defaultdict(float), defaultdict(float)
    of_channel, of_product = defaultdict(float), defaultdict(lambda: defaultdict(float))
    for hour, channel, product, units in counts:
        sold[product] += units
        by_hour[hour % DAY] += units
        of_channel[channel] += units
        of_product[product][channel] += units
    totals = {product: sold.get(product, 0.0) for product in {*products, *sold}}
    rates, new = _rates(totals, hours)
    overall = _parts(of_channel)
    day = _day(by_hour)
    unevenness, surge = surges.learn(counts, totals, day, hours)
    shares = {product: _lean(found, overall) for product, found in of_product.items()}
    return History(rates, new, shares, overall, day, unevenness, surge)


def _rates(totals, hours):
    """Gamma belief with the mean and the variance that products have among each other."""
    if not totals or not hours:
        return {}, 1.0 / DAY
    mean = sum(totals.values()) / len(totals)
    variance = sum((units - mean) ** 2 for units in totals.values()) / len(totals)
    shape = mean * mean / (variance - mean) if variance > mean else mean or 1.0
    weight = shape / mean if mean else 1.0
    return {p: (units + shape) / (1.0 + weight) / hours for p, units in totals.items()}, max(mean, 1.0) / hours


def _parts(of_channel):
    total = sum(of_channel.values())
    return {channel: units / total for channel, units in of_channel.items()}


def _lean(found, overall):
    total = sum(found.values()) + SHARE_BELIEF
    return {channel: (found.get(channel, 0.0) + SHARE_BELIEF * part) / total for channel, part in overall.items()}


def _day(by_hour):
    """One sale at each hour is taken as seen, so that no hour is thought to be dead."""
    mean = sum(by_hour.values()) / DAY + 1.0
    return tuple((by_hour.get(hour, 0.0) + 1.0) / mean for hour in range(DAY))
