"""What our road costs over bare Odoo: from the raw message to the confirmed and reserved order.

Floor: a database without the add-ons, where the same contacts, orders and lines are created in one call a model and
confirmed in one call a batch. Road: a database with them, where the messages wait raw. Both in batches of the same
size, each in a process of its own, one working while the other waits.
"""

from bench.figure import Figure
from bench.ingestion.side import Side
from bench.pairs import abba, median, ratios
from tools.say import Stop, say

FIGURES = ("ingestion_ratio",)
PAIRS, WARM_UPS = 11, 2
BATCHES, SIZE = 1, 50


def measure(ground):
    databases = ground.database("floor", addons=False), ground.database("road")
    with Side(ground, "floor", databases[0]) as floor, Side(ground, "road", databases[1]) as road:
        # The messages lie in the table before any clock runs, and are taken in this order.
        for number in range(WARM_UPS + PAIRS):
            road.prepare(number, BATCHES, SIZE)
        for number in range(WARM_UPS):
            road.work(number, BATCHES, SIZE)
            floor.work(number, BATCHES, SIZE)
        pairs = abba(*(lambda n, side=side: side.work(n + WARM_UPS, BATCHES, SIZE) for side in (road, floor)), PAIRS)
        _compare(floor.tell(), road.tell())
    found = ratios(pairs)
    took = median([floor_took for _road_took, floor_took in pairs]) / BATCHES / SIZE
    say(f"bare Odoo takes {took * 1000:.0f} ms an order")
    yield Figure("ingestion_ratio", median(found), "x", goal=1.20, runs=found)


def _compare(floor, road):
    if floor != road:
        raise Stop(f"the two sides did not do the same work: {floor} and {road}")
