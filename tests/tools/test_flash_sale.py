"""The simulated hour of the flash sale keeps its own rules."""

import pytest

from bench.bench_flash_sale import interval, saved_percent
from bench.plain import Outcome, Play, Shown

# {channel: (import delay, publishing delay)}
DELAYS = {"web": (10.0, 5.0), "market": (400.0, 60.0)}


def played(stock, sale, show, sweep=0):
    """`sale`: (second, channel, units). `show`: policy."""
    scenario = {
        "channels": {c: {"import_p95_s": delay, "push_p95_s": push} for c, (delay, push) in DELAYS.items()},
        "products": {"sofa": {"stock": stock}},
        "sale": [[second, channel, "sofa", units, DELAYS[channel][0]] for second, channel, units in sale],
        "push_delays": {channel: [push] for channel, (_delay, push) in DELAYS.items()},
    }
    return Play(scenario, show, Shown, sweep=sweep).play()


def all_but(buffer):
    return lambda _key, product, _now: dict.fromkeys(DELAYS, max(0, product.known_stock - buffer))


def test_a_channel_sells_no_more_than_it_shows():
    found = played(3, [(100, "web", 10)], all_but(0))
    assert (found.oversold_units, found.lost_units) == (0, 0)
    found = played(3, [(100, "web", 10)], all_but(1))
    assert (found.oversold_units, found.lost_units) == (0, 1)


def test_the_last_unit_is_sold_twice_until_the_first_sale_is_known_and_shown():
    # Imported at 110, shown at the market at 170.
    for second, oversold in ((105, 1), (169, 1), (171, 0)):
        found = played(1, [(100, "web", 1), (second, "market", 1)], all_but(0))
        assert (found.oversold_units, found.oversold_products) == (oversold, oversold)


def test_hidden_units_are_counted_for_each_listing_and_second():
    # Two listings hide one unit for half an hour. Then the web sells one of two and hides the other to the end, the
    # market shows it for 10 + 60 seconds more.
    found = played(2, [(1800, "web", 1)], all_but(1))
    assert found.hidden_unit_hours == pytest.approx((2 * 1800 + 1800 + 1800 - 70) / 3600)
    assert found.pushes == 1


def test_a_quantity_overwrites_what_the_channel_sold_in_the_meantime():
    # The market sells 4 of 5; the web's sale makes the ERP write 4 over the 1 that is left.
    found = played(5, [(100, "market", 4), (101, "web", 1), (300, "market", 4)], all_but(0))
    assert found.oversold_units == 4


def test_the_erp_knows_an_order_when_its_delay_is_over():
    seen = []

    def watch(_key, product, now):
        seen.append((now, product.known_stock, [placed for placed, _channel, _units in product.orders]))
        return dict.fromkeys(DELAYS, product.known_stock)

    played(5, [(100, "market", 1), (200, "web", 1)], watch, sweep=300.0)
    assert seen[:4] == [(0.0, 5, []), (210.0, 4, [200]), (300.0, 4, [200]), (500.0, 3, [200, 100])]


def test_the_interval_is_wilsons():
    hours = [Outcome(4000, 8, 0, 1.0, 0, 0)]
    assert interval(hours) == pytest.approx((0.1014, 0.3942), abs=1e-4)
    assert saved_percent(hours, [hours[0]._replace(hidden_unit_hours=4.0)]) == 75.0
