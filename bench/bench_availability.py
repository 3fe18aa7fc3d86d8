"""What it takes to know what every listing may show: measure, decide under 20 rules, keep.

Products with three listings each, on three channels. The floor is Odoo itself, reading `free_qty` of the same products;
measured against it is the statement with which every decision begins, which asks the same. The whole path starts at the
change log, in which every product stands, and ends when all decisions are committed, made by two workers, each a
process as Odoo runs its scheduled actions in production (`--workers`). The channels have just been connected, so each
level is decided for the first time and every row is written. `listings_again_s` is the same once all was told to the
channels and other goods were counted everywhere: then the indexes of what is due are written as well.

Memory is the most that both processes took while they worked, above what they took idle with the same registry loaded.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.figure import Figure
from bench.ingestion.side import Side
from bench.pairs import median, ratios
from tools.say import Stop, say

FIGURES = (
    "measure_vs_orm_ratio",
    "decide_vs_orm_ratio",
    "listings_100k_s",
    "listings_again_s",
    "listings_1m_s",
    "listings_1m_mb",
    "change_to_ready_ms",
)
LISTINGS_EACH = 3
RUNS = 5


def measure(ground):
    with _catalogue(ground, "100k", 100_000) as workers:
        yield from _speed(workers)
    with _catalogue(ground, "1m", 1_000_000) as workers:
        idle = _memory(workers)
        yield Figure("listings_1m_s", _decide(workers), "s", goal=60)
        yield Figure("listings_1m_mb", _memory(workers) - idle, "MB", goal=1000)


@contextmanager
def _catalogue(ground, name, listings):
    """The processes that work on a catalogue of so many listings; the first one has made it."""
    database = ground.database(f"availability_{name}")
    with _worker(ground, name, database) as first:
        told = first.ask("found", -(-listings // LISTINGS_EACH))
        say(f"{told['products']} products, {told['listings']} listings")
        with _worker(ground, f"{name} beside", database) as second:
            for worker in (first, second):
                worker.ask("ready")
            yield first, second


def _worker(ground, name, database):
    return Side(ground, name, database, "bench.availability.child")


def _decide(workers):
    """Seconds until both have nothing left to decide."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(workers)) as threads:
        list(threads.map(lambda worker: worker.ask("decide"), workers))
    took = time.perf_counter() - begun
    workers[0].ask("decided")
    return took


def _memory(workers):
    return sum(worker.ask("memory")["mb"] for worker in workers)


def _speed(workers):
    side = workers[0]
    side.ask("orm")  # warms what Odoo keeps for good: fields, units, locations
    pairs = [_pair(side) for _run in range(RUNS)]
    yield Figure("measure_vs_orm_ratio", median(ratios(pairs)), "x", goal=40, runs=ratios(pairs), at_least=True)
    decided = []
    for _run in range(RUNS):
        side.ask("reset")
        decided.append(_decide(workers))
    read = median([orm for orm, _measured in pairs])
    say(f"Odoo reads free_qty in {read:.2f} s")
    compared = tuple(read / took for took in decided)
    yield Figure("decide_vs_orm_ratio", median(compared), "x", goal=3, runs=compared, at_least=True)
    yield Figure("listings_100k_s", median(decided), "s", goal=6, runs=tuple(decided))
    side.ask("renew")
    yield Figure("listings_again_s", _decide(workers), "s", goal=6)
    changed = [side.ask("change", run)["seconds"] * 1000 for run in range(20)]
    yield Figure("change_to_ready_ms", median(changed), "ms", goal=20, runs=tuple(changed))


def _pair(side):
    """Seconds that Odoo took and that we took, for the same answer."""
    orm, ours = side.ask("orm"), side.ask("measure")
    if orm["units"] != ours["units"]:
        raise Stop(f"Odoo finds {orm['units']} units free, we find {ours['units']}")
    return orm["seconds"], ours["seconds"]
