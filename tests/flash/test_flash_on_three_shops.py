"""A flash sale on the Shopify sandbox while two more shops sell the same stock: every order once, and no unit is sold
too many that the shop itself could have known of. The figures of a long one are the bench's (`flash_orders`)."""

import time

import pytest

from tests.chaos import laws as chaos
from tests.flash import laws
from tests.flash.rush import OTHERS, Rush
from tests.sandbox.business import PATIENCE
from tests.sandbox.shopify import schema
from tools.odoo_server import OdooServer, free_port

FEW = 12


@pytest.fixture
def rush(postgres, database, tmp_path):
    schema.versions()
    with Rush(FEW) as opened:
        opened.found(tmp_path)
        with OdooServer(postgres, database, port=free_port(), cron_threads=2) as odoo:
            opened.connect(odoo)
            yield opened


def test_every_order_of_a_flash_is_here_once_and_no_shop_sells_what_it_knew_was_gone(rush, long):
    orders = 600 if long else 100
    crowd = rush.crowd(orders, orders / 30)
    hunters = [rush.bargain_hunters(name, 0.3, lambda: not crowd.is_alive()) for name in OTHERS]
    for thread in (crowd, *hunters):
        thread.join()
    _await_quiet(rush)
    for business in rush.businesses():
        chaos.each_order_stands_once(business)
    sold = {sku: sum(sale.units for sale in rush.sales if sale.sku == sku) for sku in rush.hot}
    left = {sku: max(0, FEW - units) for sku, units in sold.items()}
    for name in ("shopify", *OTHERS):
        assert {sku: rush.shown(name, sku) for sku in rush.hot} == left
    too_many = laws.oversold(rush.sales, FEW)
    print(f"\nsold: {sold} of {FEW} each, {len(too_many)} too many")
    assert all(laws.age(sale, rush.sales, FEW) < float("inf") for sale in too_many)
    assert rush.server.complaints() == []


def _await_quiet(rush):
    until = time.monotonic() + PATIENCE
    for business in rush.businesses():
        business.await_quiet(until - time.monotonic(), quiet_for=2.0)
