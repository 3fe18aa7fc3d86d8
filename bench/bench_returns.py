"""What a return costs here over the same documents made by hand in bare Odoo.

Floor: a database without the add-ons; Odoo's own return wizard, a transfer back to the stock, a credit note of what
came back, reconciled. Road: opened, judged by the policy, received on the dock's screen, graded, carried out, credited.
Both one return after the other, each in its own transaction, as people work.
"""

from bench.figure import Figure
from bench.ingestion.side import Side
from bench.pairs import abba, median, ratios
from bench.returns.child import SIZE
from tools.say import Stop, say

FIGURES = ("return_ratio",)
PAIRS, WARM_UPS = 5, 1


def measure(ground):
    databases = ground.database("returns_floor", addons=False), ground.database("returns_road")
    child = "bench.returns.child"
    with Side(ground, "floor", databases[0], child) as floor, Side(ground, "road", databases[1], child) as road:
        for number in range(WARM_UPS + PAIRS):
            for side in (floor, road):
                side.ask("prepare", number)
        for number in range(WARM_UPS):
            for side in (floor, road):
                side.ask("work", number)
        pairs = abba(*(lambda n, side=side: side.ask("work", n + WARM_UPS) for side in (road, floor)), PAIRS)
        _compare(floor.tell(), road.tell())
        found = ratios(pairs)
        bare = median([by_hand for _ours, by_hand in pairs]) / SIZE
        say(f"bare Odoo takes {bare * 1000:.0f} ms a return")
        yield Figure("return_ratio", median(found), "x", goal=1.3, runs=found)


def _compare(floor, road):
    if floor != road:
        raise Stop(f"the two sides did not do the same work: {floor} and {road}")
