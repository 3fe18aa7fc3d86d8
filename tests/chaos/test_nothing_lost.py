"""Laws 1, 2, 5 and 6 under power cuts: nothing is lost and nothing happens twice.

Orders pour in over real HTTP, their webhooks doubled, reordered and cut, the shop failing now and then, while Odoo is
killed at each named point and at random moments. At the end each order stands once and to the cent, each parcel was
told once, and the shop shows what may be sold.
"""

from collections import Counter

import pytest

from tests.chaos import laws
from tests.chaos.lives import POINTS, mortal_odoo, outlive, shuffled
from tests.sandbox.business import Business, quiet_shop
from tests.sandbox.demo_server import DemoServer

TOKEN_SECONDS = 5
STOCK_EACH = 600


@pytest.fixture
def sizes(long):
    """(orders, kills at each point, kills at random): `make test` has 10 kills, `make test-long` 75."""
    return (500, 5, 30) if long else (40, 1, 1)


@pytest.fixture
def business(postgres, database, tmp_path):
    with (
        DemoServer(tmp_path / "shop.sqlite", profile=quiet_shop(STOCK_EACH)) as server,
        mortal_odoo(postgres, database) as odoo,
    ):
        with odoo:
            opened = Business(odoo, server.shop, server.url)
            opened.open(STOCK_EACH, name="Chaos shop")
            opened.connect(refresh_token=server.shop.grant_tokens(TOKEN_SECONDS))
            opened.await_quiet(90)
        yield opened


def test_nothing_is_lost_and_nothing_happens_twice(business, sizes, tmp_path, capsys):
    orders, each, at_random = sizes
    plan = shuffled(POINTS, each, at_random)
    _cause_trouble(business.shop)
    hits = outlive(business, plan, orders, tmp_path / "hits")
    with capsys.disabled():
        print(f"\nkills: {dict(sorted(hits.items()))}")
    laws.hold(business)
    assert hits == Counter(plan)


def _cause_trouble(shop):
    """What a network and a busy shop do to us on an ordinary day, only more of it."""
    for call, fault, chance, seconds in (
        ("webhook", "duplicate", 0.2, 0),
        ("webhook", "reorder", 0.3, 2),
        ("webhook", "cut_midway", 0.1, 0),
        ("webhook", "drop", 0.05, 0),
        ("orders.list", "broken", 0.1, 0),
        ("orders.read", "cut_before", 0.1, 0),
        ("stock.write", "cut_after", 0.1, 0),
        ("stock.write", "broken_after", 0.05, 0),
        ("parcels.write", "cut_after", 0.1, 0),
        ("parcels.write", "down", 0.1, 0),
        ("token", "cut_after", 0.1, 0),
    ):
        shop.misbehave(call, fault, chance=chance, seconds=seconds, seed=f"{call}{fault}")
