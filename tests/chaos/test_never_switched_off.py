"""A shop that is down, hangs, throttles or talks nonsense for as long as it likes never costs us a scheduled action.

What Odoo 19 does (`ir_cron.py`, `_update_failure_count`, `_process_job`): a run that raises, or the next one after
three in a row that the time limit killed, adds one to `failure_count` and sets `first_failure_date`; any good run sets
both back; five failures in a row over seven days switch the action off. A run that reports `remaining` is "partially
done", and waits. So an action can only be switched off if some run fails.

Here every single run is held to "fully done" and to Odoo's time limit, by what Odoo itself says of each in its log,
while a shop is ill in every way and is tried again as soon as it failed: more often than in any number of hours, since
an hour of failures adds nothing but a longer pause between two tries.
"""

import re
import time
from collections import Counter, defaultdict

import pytest

from tests.sandbox.business import Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tools.odoo_server import OdooServer

# (trouble, seconds it goes with): what a call to the sick shop runs into.
TROUBLE = (
    ("down", 0), ("not_json", 0), ("hang", 30), ("throttled", 1), ("wrong_shape", 0), ("cut_before", 0), ("empty", 0),
    ("cut_midway", 0), ("broken_after", 0), ("slow", 5),
)  # fmt: skip
STOCK_EACH = 400
# Odoo's own limit of a run (limit_time_real_cron); ours is 20 s, on a machine with time to spare.
LONGEST_RUN = 120.0
TRY_AGAIN = "UPDATE ecom_channel_cursor SET next_try = now() AT TIME ZONE 'UTC' WHERE channel_id = %s AND failures > 0"
ENDED = re.compile(r"Job '(E-commerce[^']*)' \(\d+\) (\w[\w ]*) \(#loop \d+; .* duration ([\d.]+)s\)")
TIMED_OUT = re.compile(r"Job '[^']*' \(\d+\) timed out")
STARTED = re.compile(r"Job '(E-commerce[^']*)' \(\d+\) starting")


@pytest.fixture
def times(long):
    """(seconds of each trouble, how many of them): 10 minutes in `make test-long`."""
    return (60, len(TROUBLE)) if long else (3, 3)


@pytest.fixture
def shops(postgres, database, tmp_path):
    """(the healthy one, the sick one): two channels of one Odoo that sell the same products."""
    profile = quiet_shop(STOCK_EACH)
    with (
        DemoServer(tmp_path / "healthy.sqlite", profile=profile) as one,
        DemoServer(tmp_path / "sick.sqlite", profile=profile) as other,
        OdooServer(postgres, database, cron_threads=2) as odoo,
    ):
        healthy, sick = Business(odoo, one.shop, one.url), Business(odoo, other.shop, other.url)
        healthy.open(STOCK_EACH, name="Healthy shop")
        sick.open_channel(name="Sick shop")
        for business in (healthy, sick):
            business.connect()
        for business in (healthy, sick):
            # To be shipped while it is ill: then it has parcels to be told of, too.
            business.shop.place_random_orders(8)
            business.await_quiet(120)
        yield healthy, sick
        odoo.kill()


def test_a_shop_in_trouble_never_costs_a_scheduled_action(shops, times):
    healthy, sick = shops
    seconds, kinds = times
    # Every scheduled action has its turn while the shop is ill, the daily one too.
    healthy.query("UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC'")
    failures = Counter()
    for turn, (fault, after) in enumerate(TROUBLE[:kinds]):
        sick.shop.behave()
        sick.shop.misbehave("*", fault, seconds=after)
        failures |= _do_business(healthy, sick, seconds, f"T{turn}")
    _await_done(healthy, 120)
    runs = _runs(healthy.odoo)
    for name, ended in runs.items():
        print(f"\n{name}: {len(ended)} runs, the longest {max(seconds for _status, seconds in ended)} s", end="")
    print(f"\nmost failures in a row of the sick shop, by topic: {dict(failures)}")
    assert sum(failures.values()) >= 3 * kinds
    _nothing_was_switched_off(healthy)
    _every_run_was_a_good_one(runs)
    _the_healthy_shop_has_all_it_should(healthy)


def _do_business(healthy, sick, seconds, tracking):
    """Both shops sell and the warehouse works; whatever failed is tried again at once. Returns the most failures in a
    row that were seen, by topic."""
    until, failures = time.monotonic() + seconds, Counter()
    while time.monotonic() < until:
        healthy.shop.place_random_orders(1)
        sick.shop.place_random_orders(1)
        healthy.ship_some(2, tracking)
        healthy.count_stock()
        failures |= _failures(sick)
        sick.query(TRY_AGAIN, sick.channel_id)
        time.sleep(0.5)
    return failures | _failures(sick)


def _failures(sick):
    found = sick.query(
        "SELECT topic, failures FROM ecom_channel_cursor WHERE channel_id = %s AND failures > 0", sick.channel_id
    )
    return Counter(dict(found))


def _await_done(healthy, seconds):
    """Until its orders are here and nothing of it waits, though the other shop is as ill as ever."""
    left = """SELECT (SELECT count(*) FROM ecom_message WHERE channel_id = %s AND state = 'waiting')
                   + (SELECT count(*) FROM ecom_stock_level WHERE channel_id = %s AND sequence > published_sequence)
                   + (SELECT count(*) FROM ecom_stock_change)"""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if healthy.placed() == len(healthy.shop.orders()):
            if not healthy.query(left, healthy.channel_id, healthy.channel_id)[0][0]:
                return
        time.sleep(0.5)
    raise AssertionError(f"The healthy shop still waits after {seconds} s: {healthy.waiting()}")


# ------------------------------------------------------------------ what must be true
def _runs(odoo):
    """{name of a scheduled action: [(how a run ended, seconds)]}, from Odoo's own log."""
    runs = defaultdict(list)
    log = odoo.log.read_text(errors="replace")
    for name, status, duration in ENDED.findall(log):
        runs[name].append((status, float(duration)))
    for name in STARTED.findall(log):
        runs[name] += []
    assert not TIMED_OUT.search(log)
    return runs


def _every_run_was_a_good_one(runs):
    assert len(runs) >= 4, "two that work, one for deadlines, one that keeps house"
    for name, ended in runs.items():
        assert ended, f"{name} began and never ended"
        assert {status for status, _seconds in ended} == {"fully done"}, name
        assert max(seconds for _status, seconds in ended) < LONGEST_RUN, name


def _nothing_was_switched_off(business):
    bad = business.query(
        """SELECT cron_name, active, failure_count, first_failure_date FROM ir_cron
            WHERE cron_name LIKE 'E-commerce%%'
              AND (NOT active OR failure_count > 0 OR first_failure_date IS NOT NULL)"""
    )
    assert bad == []
    assert business.query("SELECT count(*) FROM ir_cron WHERE cron_name LIKE 'E-commerce%%'")[0][0] >= 4


def _the_healthy_shop_has_all_it_should(healthy):
    there = {order["id"] for order in healthy.shop.orders()}
    here = healthy.query(
        "SELECT ecom_external_id FROM sale_order WHERE ecom_channel_id = %s AND state = 'sale'", healthy.channel_id
    )
    assert sorted(row[0] for row in here) == sorted(there)
    levels = healthy.query(
        """SELECT l.external_id, v.decided FROM ecom_stock_level v JOIN ecom_listing l ON l.id = v.listing_id
            WHERE l.channel_id = %s""",
        healthy.channel_id,
    )
    assert {item: healthy.shop.stock(item) for item, _decided in levels} == dict(levels)
