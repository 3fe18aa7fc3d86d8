"""Compare two things fairly on a machine that does other work meanwhile.

They run in the order A B B A A B B A: whatever slows the machine down for a
while slows both. Each pair gives one ratio, and the ratios are summed up.
"""

import math
import statistics
import time

# Student's t, one-sided 95 %, by degrees of freedom; the last one holds beyond.
_T95 = {5: 2.02, 6: 1.94, 7: 1.90, 8: 1.86, 9: 1.83, 10: 1.81, 12: 1.78, 14: 1.76, 20: 1.72, 30: 1.70, 60: 1.67}


def abba(first, second, pairs, clock=time.perf_counter):
    """[(seconds of first, seconds of second)]; both get the pair's number."""
    found = []
    for number in range(pairs):
        order = [("first", first), ("second", second)]
        if number % 2:
            order.reverse()
        took = {}
        for name, work in order:
            begun = clock()
            work(number)
            took[name] = clock() - begun
        found.append((took["first"], took["second"]))
    return found


def ratios(pairs):
    return tuple(one / other for one, other in pairs)


def median(values):
    return statistics.median(values)


def upper_bound(values):
    """The upper one-sided 95 % bound of the ratios' geometric mean."""
    if len(values) < 6:
        raise ValueError("fewer than 6 pairs say nothing about a bound")
    logarithms = [math.log(value) for value in values]
    freedom = len(values) - 1
    # The next lower entry has the larger factor: never too narrow a bound.
    factor = _T95[max(known for known in _T95 if known <= freedom)]
    spread = statistics.stdev(logarithms) / math.sqrt(len(values))
    return math.exp(statistics.fmean(logarithms) + factor * spread)


def median_bound(values):
    """The upper one-sided 95 % bound of the ratios' typical value (Hodges and Lehmann's pseudo-median).

    Of the geometric means of every two ratios it is the one that Wilcoxon's signed-rank test just does not rule out. A
    moment in which the machine was busy elsewhere moves it little, unlike `upper_bound`.
    """
    count = len(values)
    if count < 6:
        raise ValueError("fewer than 6 pairs say nothing about a bound")
    means = sorted(math.sqrt(one * other) for place, one in enumerate(values) for other in values[place:])
    spread = math.sqrt(count * (count + 1) * (2 * count + 1) / 24)
    rank = math.ceil(len(means) / 2 + 1.645 * spread + 0.5)
    return means[min(rank, len(means)) - 1]


def percentile(values, share):
    """The smallest value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
