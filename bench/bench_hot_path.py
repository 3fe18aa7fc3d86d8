"""What it costs a warehouse that somebody sells online: a delivery of 200 lines, confirmed and validated.

One side is a database without the add-ons; the other has them, and every product is listed on three live channels. Each
side has a process of its own. A pair is two deliveries, done step by step in turn, so that both meet the same machine:
confirm A, confirm B, validate B, validate A; then the other way round. The figure is the upper one-sided 95 % bound of
the typical ratio of a pair (bench/pairs.py, `median_bound`).
"""

import time

from bench.figure import Figure
from bench.hot_path.child import LINES
from bench.ingestion.side import Side
from bench.pairs import median, median_bound, ratios
from tools.say import Stop, say

FIGURES = ("hot_path_ratio",)
PAIRS, WARM_UPS = 24, 2


def measure(ground):
    databases = ground.database("hot_with"), ground.database("hot_without", addons=False)
    child = "bench.hot_path.child"
    with Side(ground, "with", databases[0], child) as listed, Side(ground, "without", databases[1], child) as bare:
        for number in range(WARM_UPS):
            _pair(number, listed, bare)
        pairs = [_pair(number, listed, bare) for number in range(WARM_UPS, WARM_UPS + PAIRS)]
        _compare(listed.ask("tell"), bare.ask("tell"))
    say(f"bare Odoo takes {median([took for _listed, took in pairs]):.2f} s a delivery of {LINES} lines")
    found = ratios(pairs)
    say(f"median of the ratios: {median(found):.3f}")
    yield Figure("hot_path_ratio", median_bound(found), "x", goal=1.05, runs=found)


def _pair(number, *sides):
    """(seconds of the first side, of the second) for one delivery each."""
    for side in sides:
        side.ask("prepare", number)
    order = sides[:: -1 if number % 2 else 1]
    took = dict.fromkeys(sides, 0.0)
    for step, turn in (("confirm", order), ("validate", order[::-1])):
        for side in turn:
            begun = time.perf_counter()
            side.ask(step, number)
            took[side] += time.perf_counter() - begun
    return tuple(took[side] for side in sides)


def _compare(listed, bare):
    if listed["done"] != bare["done"] or listed["noticed"] != LINES:
        raise Stop(f"the two sides did not do the same work: {listed} and {bare}")
