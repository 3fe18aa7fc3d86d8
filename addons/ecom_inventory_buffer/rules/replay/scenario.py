"""Past orders -> a scenario of the same, of more or fewer of them, known later or sooner."""

import random

from .engine import HOUR

# Delays are drawn from an exponential distribution: its 95th percentile is three times its mean.
TO_MEAN = 3.0
DRAWN = 500
KEY = "product"


def day_again(orders, stock, channels, seed, demand=1.0, delay=1.0, seconds=24 * HOUR):
    """One past day once more.

    orders    [(second of the day, channel, units)]; each comes `demand` times on average, at 1.0 exactly as it came
    stock     units at the beginning
    channels  {channel: (import delay, push delay)}: seconds, 95th percentiles, multiplied by `delay`
    seed      decides the chances
    """
    chance = random.Random(seed)
    late = {channel: tuple(max(0.001, seconds_ * delay) for seconds_ in both) for channel, both in channels.items()}
    sale = []
    for second, channel, units in orders:
        for number in range(_times(chance, demand)):
            # The second and the third time it is somebody else, at another moment of the same hour.
            moment = second if not number else min(seconds - 1, max(0.0, second + chance.uniform(-HOUR / 2, HOUR / 2)))
            sale.append([moment, channel, KEY, units, chance.expovariate(TO_MEAN / late[channel][0])])
    return {
        "channels": {c: {"import_p95_s": both[0], "push_p95_s": both[1]} for c, both in late.items()},
        "products": {KEY: {"stock": stock}},
        "sale": sorted(sale),
        "push_delays": {c: [chance.expovariate(TO_MEAN / both[1]) for _ in range(DRAWN)] for c, both in late.items()},
        "seconds": seconds,
    }


def _times(chance, demand):
    """Whole number whose mean is `demand`."""
    whole = int(demand)
    return whole + (chance.random() < demand - whole)
