"""What it costs a warehouse that somebody sells online: a delivery of 200 lines, confirmed and validated.

One side is a database without the add-ons; the other has them, and every product is listed on three live channels. Each
side has a process of its own. A pair is two deliveries, done step by step in turn, so that both meet the same machine:
confirm A, confirm B, validate B, validate A; then the other way round. The figures are the upper one-sided 95 % bounds
of the typical ratio of a pair (bench/pairs.py, `median_bound`): of the clock, and of the processor time of Odoo and its
database server, which a busy machine does not blur.
"""

from bench.figure import Figure
from bench.hot_path.child import LINES
from bench.ingestion.side import Side
from bench.pairs import median, median_bound, ratios
from tools.say import Stop, say

FIGURES = ("hot_path_ratio", "hot_path_cpu_ratio")
PAIRS, WARM_UPS = 24, 2


def measure(ground):
    databases = ground.database("hot_with"), ground.database("hot_without", addons=False)
    child = "bench.hot_path.child"
    with Side(ground, "with", databases[0], child) as listed, Side(ground, "without", databases[1], child) as bare:
        for number in range(WARM_UPS):
            _pair(number, listed, bare)
        pairs = [_pair(number, listed, bare) for number in range(WARM_UPS, WARM_UPS + PAIRS)]
        _compare(listed.ask("tell"), bare.ask("tell"))
    for name, kind in zip(FIGURES, ("seconds", "cpu"), strict=True):
        found = [tuple(side[kind] for side in pair) for pair in pairs]
        say(f"{name}: bare Odoo takes {median([bare for _listed, bare in found]):.2f} s a delivery of {LINES} lines")
        say(f"{name}: median of the ratios {median(ratios(found)):.3f}")
        yield Figure(name, median_bound(ratios(found)), "x", goal=1.05, runs=ratios(found))


def _pair(number, *sides):
    """What the first side and the second spent on one delivery each."""
    for side in sides:
        side.ask("prepare", number)
    order = sides[:: -1 if number % 2 else 1]
    spent = {side: {"seconds": 0.0, "cpu": 0.0} for side in sides}
    for step, turn in (("confirm", order), ("validate", order[::-1])):
        for side in turn:
            for kind, value in side.ask(step, number).items():
                spent[side][kind] += value
    return tuple(spent[side] for side in sides)


def _compare(listed, bare):
    if listed["done"] != bare["done"] or listed["noticed"] != LINES:
        raise Stop(f"the two sides did not do the same work: {listed} and {bare}")
