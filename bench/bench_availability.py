"""What it takes to know what every listing may show: measure, decide under 20 rules, keep.

Products with three listings each, on three channels. The floor is Odoo itself, reading `free_qty` of the same products
in the same process; measured against it is the statement with which every decision begins, which asks the same. The
whole path starts at the change log, in which every product stands, and ends when all decisions are committed, made by
two workers as in a shop. The channels have just been connected, so each level is decided for the first time and every
row is written. `listings_again_s` is the same once all was told to the channels and other goods were counted
everywhere: then the indexes of what is due are written as well.

Memory is the most the process took while it worked, above what Odoo took idle with the same registry loaded.
"""

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
    with _catalogue(ground, "100k", 100_000) as side:
        yield from _speed(side)
    with _catalogue(ground, "1m", 1_000_000) as side:
        idle = side.ask("memory")["mb"]
        took = side.ask("decide")
        yield Figure("listings_1m_s", took["seconds"], "s", goal=60)
        yield Figure("listings_1m_mb", side.ask("memory")["mb"] - idle, "MB", goal=1000)


def _catalogue(ground, name, listings):
    side = Side(ground, name, ground.database(f"availability_{name}"), "bench.availability.child")
    told = side.ask("found", -(-listings // LISTINGS_EACH))
    say(f"{told['products']} products, {told['listings']} listings")
    return side


def _speed(side):
    side.ask("orm")  # warms what Odoo keeps for good: fields, units, locations
    pairs = [_pair(side) for _run in range(RUNS)]
    yield Figure("measure_vs_orm_ratio", median(ratios(pairs)), "x", goal=40, runs=ratios(pairs), at_least=True)
    decided = []
    for _run in range(RUNS):
        side.ask("reset")
        decided.append(side.ask("decide")["seconds"])
    read = median([orm for orm, _measured in pairs])
    say(f"Odoo reads free_qty in {read:.2f} s")
    compared = tuple(read / took for took in decided)
    yield Figure("decide_vs_orm_ratio", median(compared), "x", goal=3, runs=compared, at_least=True)
    yield Figure("listings_100k_s", median(decided), "s", goal=6, runs=tuple(decided))
    side.ask("renew")
    yield Figure("listings_again_s", side.ask("decide")["seconds"], "s", goal=6)
    changed = [side.ask("change", run)["seconds"] * 1000 for run in range(20)]
    yield Figure("change_to_ready_ms", median(changed), "ms", goal=20, runs=tuple(changed))


def _pair(side):
    """Seconds that Odoo took and that we took, for the same answer."""
    orm, ours = side.ask("orm"), side.ask("measure")
    if orm["units"] != ours["units"]:
        raise Stop(f"Odoo finds {orm['units']} units free, we find {ours['units']}")
    return orm["seconds"], ours["seconds"]
