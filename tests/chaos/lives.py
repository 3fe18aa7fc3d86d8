"""Lives of an Odoo that is killed (SIGKILL) again and again with work in hand, at named points and at random."""

import random
import time
from collections import Counter
from contextlib import contextmanager

from tests.sandbox.business import tolerant
from tools import odoo_command
from tools.odoo_server import OdooServer, free_port
from tools.places import ADDONS, PROJECT

POINTS = (
    "message stored, not answered",
    "placed, not committed",
    "middle of a batch",
    "intent committed, stock not called",
    "stock applied, unanswered",
    "intent committed, parcel not told",
    "parcel told, unanswered",
    "token renewed, not kept",
    "token kept, not used",
)
RANDOM = "at random"
LIFE_SECONDS = 30
MOST_LIVES = 6
ADDONS_PATH = f"--addons-path={ADDONS},{PROJECT / 'tests' / 'chaos' / 'addons'}"


@contextmanager
def mortal_odoo(postgres, database):
    """A running Odoo that dies at the point named in its environment; see addons/ecom_chaos."""
    odoo_command.run_once(postgres, database, "-i", "ecom_chaos", ADDONS_PATH, log=f"{database}_chaos")
    odoo = OdooServer(postgres, database, ADDONS_PATH, port=free_port(), cron_threads=2)
    try:
        yield odoo
    finally:
        odoo.kill()


def shuffled(points, each, at_random):
    """So many deaths at each of these points and at random, in an order that is always the same."""
    plan = [*points * each, *[RANDOM] * at_random]
    random.Random(7).shuffle(plan)
    return plan


def outlive(business, plan, orders, path):
    """Live and die as planned, then let Odoo run until all is shipped and nothing is left to do. Returns the deaths by
    point."""
    hits = _live_and_die(business, plan, orders, path)
    business.behave()
    business.odoo.start()
    _come_to_rest(business)
    business.ship_some(2 * orders, "LAST")
    _come_to_rest(business)
    return hits


def _live_and_die(business, plan, orders, path):
    """Lives of Odoo, one for each death of the plan, more where a life ends before its point was reached; orders
    spread over all of them. Returns the deaths by point."""
    for turn, point in enumerate(plan):
        before = _hits(path)[point]
        for life in range(MOST_LIVES):
            share, nth = (2, 1) if life else (orders // len(plan), 1 + turn % 2)
            _one_life(business, point, path, turn, share, nth)
            if _hits(path)[point] > before:
                break
    business.sell(max(0, orders - business.count_sold()))
    return _hits(path)


def _one_life(business, point, path, turn, orders, nth):
    """Start, sell and ship, and be killed: by the point itself, by chance, or at the end of patience."""
    odoo = business.odoo
    odoo.start(ECOM_CHAOS_POINT=point, ECOM_CHAOS_NTH=str(nth), ECOM_CHAOS_HITS=str(path))
    business.sell(orders)
    until = time.monotonic() + LIFE_SECONDS
    chance = random.Random(f"{point}{turn}")
    while odoo.is_running() and time.monotonic() < until:
        if point == RANDOM and business.has_work():
            time.sleep(chance.uniform(0, 1.5))
            odoo.kill()
            with path.open("a") as file:
                file.write(f"{RANDOM}\n")
            return
        tolerant(business.ship_some, 2, f"TRACK{turn}")
        tolerant(business.count_stock)
        tolerant(business.resume)
        time.sleep(0.2)
    odoo.kill()


def _hits(path):
    return Counter(path.read_text().splitlines()) if path.exists() else Counter()


def _come_to_rest(business):
    until = time.monotonic() + 240
    while business.waiting() and time.monotonic() < until:
        business.resume()
        time.sleep(1)
    business.await_quiet(240)
