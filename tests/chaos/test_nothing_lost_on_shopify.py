"""The same power cuts with Shopify's adapter, two locations and a market abroad, against the sandbox over real HTTP.

Webhooks are signed, doubled, delayed past each other, lost and tried again; calls fail before and after they were
applied. The sandbox refuses what the schema does not know and keeps a complaint of it.
"""

import sys
from collections import Counter

import pytest

from tests.chaos import laws
from tests.chaos.lives import POINTS, RANDOM, mortal_odoo, outlive, shuffled
from tests.sandbox.shopify import schema
from tests.sandbox.shopify.business import ShopifyBusiness
from tests.sandbox.shopify.desk import Trouble
from tests.sandbox.shopify.postman import Mishaps
from tests.sandbox.shopify.server import ShopifyServer

from channels.shopify.access import MARGIN  # isort: skip

STOCK_EACH = 600
TOKEN_SECONDS = MARGIN + 5
SHORT = ("placed, not committed", "stock applied, unanswered", "parcel told, unanswered", "token renewed, not kept")
ALWAYS = sys.maxsize


@pytest.fixture
def sizes(long):
    """(orders, points, kills at each point, kills at random)"""
    return (500, POINTS, 5, 30) if long else (24, SHORT, 1, 1)


@pytest.fixture
def business(postgres, database):
    schema.versions()
    with ShopifyServer() as server, mortal_odoo(postgres, database) as odoo:
        shop, desk = server.open("chaos", mishaps=Mishaps(), hands=4)
        places = [shop.add_location("Front"), shop.add_location("Back")]
        shop.add_market("Home", ["US"], "USD")
        shop.add_market("Canada", ["CA"], "CAD", "1.37")
        for number in range(8):
            shop.add_variant(f"CHAOS-{number}", f"{number + 3}.90", dict.fromkeys(places, STOCK_EACH))
        desk.token_seconds = TOKEN_SECONDS
        with odoo:
            opened = ShopifyBusiness(odoo, shop, desk)
            opened.open(STOCK_EACH, name="Chaos shop")
            opened.connect()
            opened.await_quiet(90)
        yield opened
        assert server.complaints() == []


def test_on_shopify_nothing_is_lost_and_nothing_happens_twice(business, sizes, tmp_path, capsys):
    orders, points, each, at_random = sizes
    plan = shuffled(points, each, at_random)
    _cause_trouble(business)
    hits = outlive(business, plan, orders, tmp_path / "hits")
    with capsys.disabled():
        print(f"\nkills beside the Shopify sandbox: {dict(sorted(hits.items()))}")
    laws.hold(business)
    assert hits == Counter(plan)
    assert hits[RANDOM] == at_random


def _cause_trouble(business):
    """What a network and a busy shop do to us on an ordinary day, only more of it."""
    business.shop.postman.mishaps = Mishaps(twice=0.2, lost=0.05, late=0.3)
    business.desk.trouble += [
        Trouble(kind, name, times=ALWAYS, chance=chance)
        for kind, name, chance in (
            ("500", "ChangedOrders", 0.1),
            ("lost", "OrdersById", 0.1),
            ("throttled", "OrdersById", 0.05),
            ("cut", "SetQuantities", 0.1),
            ("500", "SetQuantities", 0.05),
            ("cut", "CreateParcel", 0.1),
            ("lost", "CreateParcel", 0.1),
            ("500", "RememberParcels", 0.05),
            ("cut", "token", 0.1),
        )
    ]
