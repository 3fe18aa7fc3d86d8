"""Laws 1, 2, 5 and 6 under power cuts with three channels at once: Amazon, eBay and Magento sell from one stock.

Their real interfaces are spoken, held to their contracts; calls fail before and after they were applied, and Odoo is
killed at named points and at random. At the end each order stands once and to the cent, each parcel was told once to
the one channel that it is of, and all three show what may be sold.
"""

from collections import Counter

import pytest

from tests.chaos import laws
from tests.chaos.lives import POINTS, mortal_odoo, outlive, shuffled
from tests.chaos.trade import AmazonStall, EbayStall, MagentoStall, Trade
from tests.contract import recorded
from tests.sandbox.amazon_store import AmazonStore
from tests.sandbox.ebay_store import EbayStore
from tests.sandbox.magento_store import MagentoStore

STOCK_EACH = 600
PRICES = {f"THREE-{number}": f"{number + 3}.90" for number in range(6)}
TROUBLE = 0.04
# A report that Amazon is asked for, and that has nothing in it.
RETURNS = "GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA"
# None of the three delivers webhooks to us here, nor has tokens that change.
FITTING = tuple(point for point in POINTS if not point.startswith(("message", "token")))
SHORT = ("placed, not committed", "stock applied, unanswered", "parcel told, unanswered")


@pytest.fixture
def sizes(long):
    """(orders, points, kills at each point, kills at random)"""
    return (240, FITTING, 4, 12) if long else (12, SHORT, 1, 0)


@pytest.fixture
def trade(postgres, database, monkeypatch):
    # What sale_to_import_seconds are there: see addons/ecom_chaos/models/haste.py.
    monkeypatch.setenv("ECOM_CHAOS_IMPORT_SECONDS", "15")
    for vendor in ("amazon", "magento1"):
        recorded.folder(vendor)
    with (
        AmazonStore(PRICES) as amazon,
        EbayStore(PRICES) as ebay,
        MagentoStore(PRICES, wsi=True) as magento,
        mortal_odoo(postgres, database) as odoo,
    ):
        amazon.makes[RETURNS] = None
        stalls = AmazonStall(odoo, amazon, PRICES), EbayStall(odoo, ebay, PRICES), MagentoStall(odoo, magento, PRICES)
        opened = Trade(stalls)
        with odoo:
            opened.open(STOCK_EACH)
            opened.await_quiet(90)
        yield opened
        assert [*amazon.surprises, *ebay.surprises, *magento.surprises] == []


def test_on_three_channels_at_once_nothing_is_lost_and_nothing_happens_twice(trade, sizes, tmp_path, capsys):
    orders, points, each, at_random = sizes
    plan = shuffled(points, each, at_random)
    trade.trouble(TROUBLE)
    hits = outlive(trade, plan, orders, tmp_path / "hits")
    with capsys.disabled():
        sold = {stall.code: stall.count_sold() for stall in trade.stalls}
        print(f"\nkills beside three channels: {dict(sorted(hits.items()))}; orders {sold}")
    laws.hold(trade)
    assert hits == Counter(plan)
