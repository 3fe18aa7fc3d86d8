"""The flash sale: what is oversold, hidden and lost under four ways to decide, in simulated hours.

Scenarios come from the generator `tools/flash_sale.py` beside the project (ECOM_SHARED names its folder). The figures
are of the seeds 1 to 20; ECOM_FLASH_SALE_SEEDS=101-120 takes others, which nobody has tuned anything to.
"""

import math
import os
from pathlib import Path

from bench.figure import Figure
from bench.plain import Play, Shown, load
from bench.sale_policies import constant, hourly, risk_sized
from tools.places import PROJECT
from tools.say import Stop

FIGURES = (
    "flash_sale_oversold_risk_sized",
    "flash_sale_oversold_risk_sized_upper",
    "flash_sale_oversold_constant",
    "flash_sale_oversold_hourly",
    "flash_sale_hidden_saved_percent",
)
ACCEPTED = 0.5  # percent of the products that may be oversold
LARGEST_BUFFER = 1024


def measure(ground):
    scenario = generator().scenario
    scenarios = [scenario(seed) for seed in seeds()]
    ours = play(scenarios, lambda scenario: risk_sized(scenario, ACCEPTED))
    buffer = as_safe_as(ours, scenarios)
    rows = {
        "hourly, no buffer": play(scenarios, hourly, sweep=0),
        "constant buffer of 2": always(scenarios, 2),
        f"constant buffer of {buffer}, as safe": always(scenarios, buffer),
        f"risk-sized at {ACCEPTED:g} %": ours,
    }
    print(table(rows))
    every_hour, two, as_safe, ours = rows.values()
    saved = tuple(saved_percent([our], [their]) for our, their in zip(ours, as_safe, strict=True))
    yield Figure(FIGURES[0], share(ours), "%", goal=ACCEPTED, runs=shares(ours))
    yield Figure(FIGURES[1], interval(ours)[1], "%", goal=ACCEPTED, runs=shares(ours))
    yield Figure(FIGURES[2], share(two), "%", runs=shares(two))
    yield Figure(FIGURES[3], share(every_hour), "%", runs=shares(every_hour))
    yield Figure(FIGURES[4], saved_percent(ours, as_safe), "%", goal=40.0, runs=saved, at_least=True)


def seeds():
    first, _dash, last = os.environ.get("ECOM_FLASH_SALE_SEEDS", "1-20").partition("-")
    return range(int(first), int(last or first) + 1)


def generator():
    folder = Path(os.environ.get("ECOM_SHARED", PROJECT.parent / "shared"))
    path = folder / "tools" / "flash_sale.py"
    if not path.exists():
        raise Stop(f"there is no {path}: ECOM_SHARED must name the folder that holds tools/flash_sale.py")
    return load("flash_sale_generator", path)


def play(scenarios, policy, **options):
    return [Play(scenario, policy(scenario), Shown, **options).play() for scenario in scenarios]


def always(scenarios, buffer):
    # A constant buffer learns nothing from time that passes.
    return play(scenarios, lambda scenario: constant(scenario, buffer), sweep=0)


def as_safe_as(ours, scenarios):
    """The smallest constant buffer that oversells no more products than ours."""
    allowed = sum(hour.oversold_products for hour in ours)

    def safe(buffer):
        return sum(hour.oversold_products for hour in always(scenarios, buffer)) <= allowed

    high = 1
    while not safe(high):
        high *= 2
        if high > LARGEST_BUFFER:
            raise Stop("no constant buffer is as safe")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if safe(middle) else (middle, high)
    return high


# -- figures ---------------------------------------------------------------------------------------------------------
def shares(hours):
    return tuple(100.0 * hour.oversold_products / hour.products for hour in hours)


def share(hours):
    return 100.0 * sum(hour.oversold_products for hour in hours) / sum(hour.products for hour in hours)


def saved_percent(ours, theirs):
    hidden, theirs_hidden = (math.fsum(hour.hidden_unit_hours for hour in hours) for hours in (ours, theirs))
    return 100.0 * (1.0 - hidden / theirs_hidden)


def interval(hours):
    """95 % interval of the share, percent: E. B. Wilson, JASA 22 (1927)."""
    products, hit = sum(hour.products for hour in hours), sum(hour.oversold_products for hour in hours)
    z, part = 1.96, hit / products
    middle = part + z * z / (2 * products)
    width = z * math.sqrt(part * (1 - part) / products + z * z / (4 * products * products))
    return tuple(100.0 * (middle + sign * width) / (1 + z * z / products) for sign in (-1, 1))


def table(rows):
    head = f"{'':34}{'oversold':>9}{'products oversold (95 %)':>28}{'hidden':>10}{'lost':>8}{'pushes':>8}"
    lines = [head, f"{'':34}{'units':>9}{'':>28}{'unit-h':>10}{'units':>8}"]
    for name, hours in rows.items():
        low, high = interval(hours)
        part = f"{share(hours):.3f} % ({low:.3f} to {high:.3f})"
        hidden = math.fsum(hour.hidden_unit_hours for hour in hours)
        units, lost, pushes = (
            sum(getattr(hour, key) for hour in hours) for key in ("oversold_units", "lost_units", "pushes")
        )
        lines.append(f"{name:34}{units:>9}{part:>28}{hidden:>10.0f}{lost:>8}{pushes:>8}")
    return "\n".join(lines)
