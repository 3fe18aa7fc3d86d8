"""A flash of 2,000 orders within a minute on the Shopify sandbox; three of its products are nearly sold out and
listed in two other shops, where people buy them as well.

How fast the backlog is worked off, held against bare Odoo orders made in the same run; how long a decrease of stock
takes to the wire meanwhile; and of each unit sold too many, how long ago it could have been known.

The floor is a process that creates and confirms the same kind of orders and does nothing else, once in slices of the
sizes that ours had and once in the large ones of the ingestion bench; the faster of the two counts. It has the machine
to itself: no web server takes in webhooks beside it, no shop answers, no shelf is counted, no stock is told to anybody.
All of that comes off our side of the share.

Odoo gives its processes for scheduled actions a lower priority (nice 10): whatever else runs on the machine takes the
time from them first, and not from the floor. So this says something only on a machine that is left alone.
"""

import json
import os
import tempfile
import threading
import time
from collections import defaultdict
from itertools import count
from pathlib import Path

from bench.figure import Figure
from bench.ingestion.side import Side
from bench.pairs import percentile
from tests.chaos import laws as chaos
from tests.flash import laws
from tests.flash.rush import OTHERS, PLENTY, Rush
from tools.odoo_server import free_port
from tools.say import Stop, say

FIGURES = ("flash_orders_rate_share", "flash_orders_wire_p95_s", "flash_orders_oversold_age_s")
# ECOM_FLASH_ORDERS takes fewer, at the same pace.
ORDERS = int(os.environ.get("ECOM_FLASH_ORDERS", "2000"))
SECONDS = 60 * ORDERS / 2000
FEW = 40
CHANGE_EVERY, HUNT_EVERY = 0.25, 0.5
FLOOR_SLICES, WARM_UPS = 24, 3
LARGE, LARGE_SLICES = 50, 3


def measure(ground):
    wire = Wire()
    with tempfile.TemporaryDirectory() as folder, Rush(FEW, witness=wire.witness) as rush:
        rush.found(Path(folder))
        odoo = ground.odoo(ground.database("flash"), "--workers=2", cron_threads=2, port=free_port())
        rush.connect(odoo)
        waits, rate = _flash(rush, wire)
        for business in rush.businesses():
            business.await_quiet(300)
            chaos.each_order_stands_once(business)
        slices = [row[0] for row in rush.main.query(SLICES, rush.main.channel_id)]
        too_many = laws.oversold(rush.sales, FEW)
        ages = sorted(laws.age(sale, rush.sales, FEW) for sale in too_many)
        if rush.server.complaints():
            raise Stop(f"the sandbox complains: {rush.server.complaints()[:5]}")
        odoo.stop()
    alike, large = _floors(ground, slices)
    floor = max(alike, large)
    say(f"the backlog was worked off at {rate:.1f} orders a second, in slices of {percentile(slices, 0.5)}")
    say(f"bare Odoo makes {alike:.1f} in the same slices, {large:.1f} in slices of {LARGE}")
    say(f"{len(rush.sales)} hot units sold, {len(too_many)} of them too many")
    yield Figure(FIGURES[0], rate / floor, "x of bare", goal=0.8, runs=(rate, alike, large), at_least=True)
    yield Figure(FIGURES[1], percentile(waits, 0.95), "s", goal=5.0, runs=tuple(waits))
    yield Figure(FIGURES[2], max(ages, default=0.0), "s", goal=5.0, runs=tuple(ages))


# How many orders each transaction placed; those of one have the very same moment.
SLICES = "SELECT count(*) FROM sale_order WHERE ecom_channel_id = %s GROUP BY create_date ORDER BY create_date"


class Wire:
    """When each other shop was first told of so few units of an item. Two decreases may go out as one: the lower figure
    says both."""

    def __init__(self):
        self._told, self._news = defaultdict(list), threading.Condition()

    def witness(self, name, method, path, body):
        if method != "POST" or path != "/stock":
            return
        now = time.monotonic()
        with self._news:
            for level in json.loads(body)["levels"]:
                self._told[name, level["variant_id"]].append((level["quantity"], now))
            self._news.notify_all()

    def await_arrival(self, name, item, units, seconds=60):
        def arrival():
            return next((when for quantity, when in self._told[name, item] if quantity <= units), None)

        with self._news:
            if not self._news.wait_for(arrival, seconds):
                raise Stop(f"{units} units of {item} did not arrive at shop {name} within {seconds} s")
            return arrival()


def _flash(rush, wire):
    """(seconds that each decrease waited, orders a second at which the backlog was worked off)"""
    over = threading.Event()
    crowd = rush.crowd(ORDERS, SECONDS)
    for name in OTHERS:
        rush.bargain_hunters(name, HUNT_EVERY, over.is_set)
    counted = []
    counting = threading.Thread(target=_count_down, args=(rush, counted, over))
    counting.start()
    crowd.join()
    ended, before = time.monotonic(), rush.placed()
    say(f"{ORDERS} orders in {SECONDS:.0f} s; {before} of them are here, {ORDERS - before} wait")
    while rush.placed() < ORDERS:
        if time.monotonic() > ended + 600:
            raise Stop(f"only {rush.placed()} orders are here after 600 s")
        time.sleep(0.25)
    rate = (ORDERS - before) / (time.monotonic() - ended)
    over.set()
    counting.join()
    return [max(0.0, wire.await_arrival(*what) - moment) for moment, *what in counted], rate


def _count_down(rush, counted, over):
    """Shelves are counted, one after the other, each a unit lower than before: of products that nobody buys here."""
    quants, units = _quants(rush), PLENTY
    while not over.is_set():
        units -= 1
        for sku, quant in quants:
            if over.is_set():
                return
            rush.odoo.call("stock.quant", "write", [quant], {"inventory_quantity": units})
            rush.odoo.call("stock.quant", "action_apply_inventory", [quant])
            moment = time.monotonic()
            counted += [(moment, name, rush.items[name][sku], units) for name in OTHERS]
            time.sleep(CHANGE_EVERY)


def _quants(rush):
    """[(SKU, quant)] of what is listed in the other shops and kept from the crowd."""
    rows = rush.main.query(
        """SELECT p.default_code, q.id FROM stock_quant q JOIN product_product p ON p.id = q.product_id
             JOIN stock_location l ON l.id = q.location_id AND l.usage = 'internal' WHERE p.default_code = ANY(%s)""",
        rush.kept,
    )
    return sorted(rows)


def _floors(ground, slices):
    """Orders a second that bare Odoo makes in slices of these sizes, and in large ones, nothing else going on."""
    some = slices[:: max(1, len(slices) // FLOOR_SLICES)] or [1]
    numbers = count()
    with Side(ground, "floor", ground.database("flash_floor", addons=False)) as floor:
        for _warm_up in range(WARM_UPS):
            floor.work(next(numbers), 1, some[0])
        return tuple(_rate(floor, numbers, sizes) for sizes in (some, [LARGE] * LARGE_SLICES))


def _rate(floor, numbers, sizes):
    begun = time.monotonic()
    for size in sizes:
        floor.work(next(numbers), 1, size)
    return sum(sizes) / (time.monotonic() - begun)
