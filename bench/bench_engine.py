"""How long a stock change waits before it is on the wire, while the engine has its hands full."""

import json
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from bench.figure import Figure
from bench.pairs import percentile
from tests.sandbox.business import Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tools.odoo_server import free_port
from tools.say import Stop

FIGURES = ("commit_to_wire_p95_s", "commit_to_wire_hung_p95_s")
ORDERS = 500
STOCK_EACH = 5000
CHANGE_EVERY = 0.25


def measure(ground):
    waits = _waits(ground, "one_thread", cron_threads=1)
    yield Figure("commit_to_wire_p95_s", percentile(waits, 0.95), "s", goal=2.0, runs=tuple(waits))
    waits = _waits(ground, "hung", cron_threads=2, hung=True)
    yield Figure("commit_to_wire_hung_p95_s", percentile(waits, 0.95), "s", goal=2.0, runs=tuple(waits))


def _waits(ground, name, cron_threads, hung=False):
    """Seconds from each commit of a stock change to its arrival at the shop, while 500 orders are imported."""
    wire = Wire()
    with ExitStack() as open_things:
        business = _business(ground, open_things, f"wire_{name}", wire, cron_threads)
        business.await_quiet(120)
        if hung:
            _add_hanging_channel(business, open_things)
        sold, changed = _halves(business)
        customers = threading.Thread(target=_place_orders, args=(business, sold))
        customers.start()
        waits = _change_stock(business, changed, wire, customers)
        customers.join()
    return waits


class Wire:
    """When each quantity of each item was first seen on the wire."""

    def __init__(self):
        self._seen, self._news = {}, threading.Condition()

    def witness(self, method, path, body):
        if method != "POST" or path != "/stock":
            return
        now = time.monotonic()
        with self._news:
            for level in json.loads(body)["levels"]:
                self._seen.setdefault((level["variant_id"], level["quantity"]), now)
            self._news.notify_all()

    def await_arrival(self, item, quantity, seconds=60):
        with self._news:
            if not self._news.wait_for(lambda: (item, quantity) in self._seen, seconds):
                raise AssertionError(f"{quantity} of item {item} did not arrive within {seconds} s")
            return self._seen[item, quantity]


def _business(ground, open_things, name, wire, cron_threads):
    folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
    shop = quiet_shop(STOCK_EACH)
    server = open_things.enter_context(DemoServer(folder / "shop.sqlite", profile=shop, witness=wire.witness))
    odoo = ground.odoo(ground.database(name), cron_threads=cron_threads, port=free_port())
    business = Business(odoo, server.shop, server.url)
    business.open(STOCK_EACH)
    business.connect()
    return business


def _add_hanging_channel(business, open_things):
    """Another live channel whose shop takes every call and answers none before our time-out."""
    folder = Path(open_things.enter_context(tempfile.TemporaryDirectory()))
    server = open_things.enter_context(DemoServer(folder / "shop.sqlite", profile=quiet_shop(0)))
    for call in ("orders.list", "products.list"):
        server.shop.misbehave(call, "hang", seconds=30)
    other = Business(business.odoo, server.shop, server.url)
    other.open(0, name="Hanging shop")
    other.connect()


def _halves(business):
    """(items that are sold, items whose stock is changed by hand) so that a quantity tells its change."""
    items = business.shop.items()
    return items[::2], items[1::2]


def _place_orders(business, items):
    for number in range(ORDERS):
        chosen = [items[(number + step) % len(items)].id for step in range(3)]
        business.shop.place_order([(item, 1) for item in chosen], payment="paid")


def _change_stock(business, items, wire, customers):
    """Count one item after the other down by hand until the import is done; seconds each change waited."""
    quants, waits, quantity = _quants(business, items), [], STOCK_EACH
    while customers.is_alive() or business.has_work() or len(waits) < 20:
        quantity -= 1
        for item, quant in quants:
            business.odoo.call("stock.quant", "write", [quant], {"inventory_quantity": quantity})
            business.odoo.call("stock.quant", "action_apply_inventory", [quant])
            waits.append((time.monotonic(), item, quantity))
            time.sleep(CHANGE_EVERY)
            if not (customers.is_alive() or business.has_work()) and len(waits) >= 20:
                break
    return [max(0.0, wire.await_arrival(item, quantity) - committed) for committed, item, quantity in waits]


def _quants(business, items):
    """[(item id, quant id)] of the items whose stock is changed."""
    rows = business.query(
        """SELECT l.external_id, q.id FROM ecom_listing l JOIN stock_quant q ON q.product_id = l.product_id
             JOIN stock_location o ON o.id = q.location_id AND o.usage = 'internal'"""
    )
    wanted = {item.id for item in items}
    found = [(item, quant) for item, quant in rows if item in wanted]
    if not found:
        raise Stop("no listing has stock: the catalogue was not read")
    return found
