"""The flash sale over HTTP: two live shops, one stock, shoppers who buy as fast as orders are imported.

Orders are imported within about a second, whatever the machine: shoppers are as quick as that allows. Two orders at a
time are on their way unseen; that the last units are not sold in both shops is the buffer's work.
"""

import random
import time

import pytest

from tests.sandbox.business import PATIENCE, Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tools.odoo_server import OdooServer, free_port

from channels.demo.shop.change import Refusal  # isort: skip

UNSEEN = 2  # orders at a time that Odoo does not know of, or has not told the other shop of
MOST_WISHES = 300


@pytest.fixture
def shops(postgres, database, tmp_path):
    """Two shops that list the same goods, both connected to one Odoo that hears of orders at once."""
    with (
        DemoServer(tmp_path / "one.sqlite", profile=quiet_shop(0)) as one,
        DemoServer(tmp_path / "two.sqlite", profile=quiet_shop(0)) as two,
        OdooServer(postgres, database, port=free_port(), cron_threads=2) as odoo,
    ):
        first, second = Business(odoo, one.shop, one.url), Business(odoo, two.shop, two.url)
        first.open(0, name="Shop one")
        second.stock_products = lambda each: None
        second.open(0, name="Shop two")
        rule = {"name": "Safe", "use_risk": True, "risk_percent": 0.5}
        odoo.call("ecom.buffer.rule", "create", [rule])
        for shop in (first, second):
            shop.connect()
        first.await_quiet(120, quiet_for=1.0)
        yield first, second


def test_two_live_shops_sell_one_stock_and_never_a_unit_too_many(shops, long):
    stock = 80 if long else 20
    first, second = shops
    item = next(item for item in first.shop.items() if item.sku)
    assert item.sku in {other.sku for other in second.shop.items()}
    _receive(first, item.sku, stock)
    first.await_quiet(60, quiet_for=1.0)
    shown = [shop.shop.stock(item.id) for shop in shops]
    assert max(shown) == stock, "Nobody has bought yet: at least one shop shows all of it"
    sold = _rush(shops, item, stock)
    print(f"\nshown before: {shown}, sold: {sold} of {stock}")
    assert sum(sold) <= stock
    # How much of it depends on how late orders are here: whoever hears late must hide more.
    assert sum(sold) > 0


def _receive(business, sku, stock):
    product = business.query("SELECT id FROM product_product WHERE default_code = %s", sku)[0][0]
    location = business.query("SELECT lot_stock_id FROM stock_warehouse ORDER BY id LIMIT 1")[0][0]
    values = {"product_id": product, "location_id": location, "inventory_quantity": stock}
    quants = business.odoo.call("stock.quant", "create", [values], context={"inventory_mode": True})
    business.odoo.call("stock.quant", "action_apply_inventory", quants)


def _rush(shops, item, stock):
    """Shoppers want units here and there until nobody gets any for long. Returns units sold by shop."""
    chance, sold, refused = random.Random(5), [0, 0], 0
    for _wish in range(MOST_WISHES):
        number = chance.randrange(2)
        wanted = chance.choice((1, 1, 1, 2))
        try:
            shops[number].shop.place_order([(item.id, wanted)])
        except Refusal:
            refused += 1
        else:
            sold[number], refused = sold[number] + wanted, 0
        if refused > (10 if sum(sold) >= stock else 40):
            break
        _await_import(shops)
    return sold


def _await_import(shops):
    """Until fewer than UNSEEN orders are unknown here or untold there."""
    until = time.monotonic() + PATIENCE
    while _unseen(shops) >= UNSEEN:
        assert time.monotonic() < until, f"{_unseen(shops)} orders are unseen for {PATIENCE} s"
        time.sleep(0.02)


def _unseen(shops):
    placed = sum(len(shop.shop.orders()) for shop in shops)
    known, untold = shops[0].query(
        """SELECT (SELECT count(*) FROM sale_order WHERE ecom_channel_id IS NOT NULL AND state = 'sale'),
                  (SELECT count(*) FROM ecom_stock_level WHERE sequence > published_sequence AND decided < published)
                + (SELECT count(*) FROM ecom_stock_change)"""
    )[0]
    return placed - known + untold
