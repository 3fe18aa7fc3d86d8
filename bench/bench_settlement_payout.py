"""A payout of 10,000 orders in the books: matched, posted and reconciled, against Odoo doing only the last two.

The floor is the same entry with the same lines, posted, and the same pairs reconciled by `_reconcile_plan` in one
call, all built by hand beforehand and in the same process and database. Both are undone by a rollback, so both work on
the same captured payments. The other way, one `reconcile()` an order, is timed for some of them in a payout a fifth as
large and reckoned up: all of them would take the better part of an hour.
"""

from bench.figure import Figure
from bench.ingestion.side import Side
from bench.pairs import median
from tools.say import Stop, say

FIGURES = ("payout_10k_ratio", "payout_10k_vs_single_ratio", "payout_line_cost_ratio")
ORDERS, FEW, MANY = 10_000, 167, 16_667
LINES_EACH = 6
SMALLER, SINGLE = ORDERS // 5, 20
RUNS = 2


def measure(ground):
    database = ground.database("settlement_payout")
    with Side(ground, "payout", database, "bench.settlement.child") as side:
        side.ask("found", MANY)
        # What Odoo keeps for good, fields and accounts, is read before any clock runs.
        side.ask("road", FEW), side.ask("floor", FEW)
        runs = [_pair(side, run) for run in range(RUNS)]
        ratios = tuple(road / floor for road, floor in runs)
        yield Figure("payout_10k_ratio", median(ratios), "x", goal=1.5, runs=ratios)
        took = median([road for road, _floor in runs])
        say(f"10,000 orders take {took:.0f} s, Odoo alone {median([floor for _road, floor in runs]):.0f} s")
        single = side.ask("single", SMALLER, SINGLE)["seconds"] * ORDERS / SMALLER
        yield Figure("payout_10k_vs_single_ratio", single / took, "x", goal=4.0, at_least=True)
        yield _growth(side)


def _pair(side, run):
    """Seconds of ours and of Odoo's; who begins changes."""
    found = {name: side.ask(name, ORDERS) for name in (("road", "floor"), ("floor", "road"))[run % 2]}
    road, floor = found["road"], found["floor"]
    if (road["items"], road["paired"]) != (floor["items"], floor["paired"]):
        raise Stop(f"the two sides did not do the same work: {floor} and {road}")
    return road["seconds"], floor["seconds"]


def _growth(side):
    """What a line costs among 100,000 over what it costs among 1,000."""
    few = median([side.ask("road", FEW)["seconds"] / FEW for _run in range(5)])
    many = side.ask("road", MANY)["seconds"] / MANY
    say(f"a line takes {few / LINES_EACH * 1000:.2f} ms among 1,000, {many / LINES_EACH * 1000:.2f} ms among 100,000")
    return Figure("payout_line_cost_ratio", many / few, "x", goal=1.5)
