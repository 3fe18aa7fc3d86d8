"""Units sold too many, order by order: what could be known when each was sold."""

import math
from collections import defaultdict
from itertools import accumulate


def oversold(sales, few):
    """The sales that sold what was not there any more, oldest first. `few`: units of each product there were."""
    found, sold = [], defaultdict(int)
    for sale in sorted(sales, key=lambda sale: sale.at):
        sold[sale.sku] += sale.units
        if sold[sale.sku] > few:
            found.append(sale)
    return found


def age(sale, sales, few):
    """Seconds for which the news must have been under way at least, for this shop to sell what was not there.

    What a shop sold itself it knows at once, so without the sales elsewhere it had something left (infinite: it had
    not). They are taken from the oldest on until nothing is left: the one that took the last unit was made so long ago,
    and had it been told, this one could not have been sold.
    """
    before = [one for one in sales if one.sku == sale.sku and one.at < sale.at]
    left = few - sum(one.units for one in before if one.shop == sale.shop)
    if left < sale.units:
        return math.inf
    elsewhere = sorted((one for one in before if one.shop != sale.shop), key=lambda one: one.at)
    for one, taken in zip(elsewhere, accumulate(one.units for one in elsewhere), strict=True):
        if left - taken < sale.units:
            return sale.at - one.at
    return 0.0
