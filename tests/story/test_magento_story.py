"""One seller with a Magento 1.9 and a WooCommerce shop, one stock: from an order to parcels, a refund, a cancellation.

Magento is a double held to the WSDL of a real one, in what it is asked and in what it answers. It tells nothing by
itself: its orders are fetched. Each test is the next chapter.
"""

from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.magento_shop import KEY as MAGENTO_KEY
from tests.sandbox.magento_shop import USER as MAGENTO_USER
from tests.sandbox.magento_store import MagentoStore
from tests.sandbox.woo_server import WooServer
from tests.story.seller_beside import SellerBeside

COUNTED = recorded.COUNTED["Magento 1, story"]
CUP, BOWL, EACH = "MAGENTO-CUP", "MAGENTO-BOWL", 40
PRICES = {CUP: "13.00", BOWL: "9.90"}
TAX = {"15.5%": {"name": "Sales tax 15.5%", "amount": 15.5}}


@pytest.fixture(scope="module")
def seller(merchant):
    recorded.folder("magento1")
    with MagentoStore(PRICES) as magento, WooServer() as shops:
        yield MagentoSeller(merchant, magento, shops)
    assert magento.surprises == [] and shops.complaints == []


class MagentoSeller(SellerBeside):
    def __init__(self, merchant, magento, shops):
        super().__init__(merchant, shops, PRICES, EACH, COUNTED)
        self.magento = magento
        merchant.charges(TAX)
        entered = {"url": magento.url, "user": MAGENTO_USER, "key": MAGENTO_KEY}
        self.open("magento1", "Magento", entered, "flatrate_flatrate")

    def shown(self, sku):
        """(in Magento, in the other shop)"""
        return self.magento.quantity(sku), self.shop.stock(sku)


def test_1_going_live_shows_our_stock_in_both(seller):
    seller.await_that("the stock of all listings", lambda: {*seller.shown(CUP), *seller.shown(BOWL)} == {EACH})


@pytest.fixture(scope="module")
def placed(seller):
    """Three cups and a bowl. (Magento's number, the order here as it was placed)"""
    number = seller.magento.sell({CUP: 3, BOWL: 1})
    seller.fetch(number)
    seller.await_that("the order", lambda: seller.order(number))
    return number, seller.order(number)


def test_2_an_order_comes_equal_to_the_cent(seller, placed):
    _number, order = placed
    assert (order["state"], order["currency"], order["ecom_payment"]) == ("sale", "USD", "unpaid")
    # 3 x 13.00 + 9.90 and 15.5 % of each line, 15.00 for the carriage
    assert order["amount_total"] == Decimal("71.48") and order["amount_tax"] == Decimal("7.58")


def test_3_the_stock_in_the_other_shop_falls(seller, placed):
    seller.await_that("three cups less", lambda: seller.shown(CUP) == (EACH - 3, EACH - 3))
    seller.await_that("a bowl less", lambda: seller.shown(BOWL) == (EACH - 1, EACH - 1))


def test_4_both_parcels_stand_in_magento_with_what_is_in_them(seller, placed):
    number, order = placed
    seller.magento.pay(number)
    seller.ship(order["id"], "1Z-FIRST", {CUP: 2})
    seller.await_that("the first", lambda: seller.magento.tracking_numbers(number) == ["1Z-FIRST"])
    assert seller.magento.orders[number].findtext("state") == "processing"
    seller.ship(order["id"], "1Z-SECOND")
    seller.await_that("both", lambda: seller.magento.tracking_numbers(number) == ["1Z-FIRST", "1Z-SECOND"])
    assert seller.magento.orders[number].findtext("state") == "complete"
    assert seller.magento.packed(number) == [2, 2]


def test_5_a_refund_made_there_is_known_here_with_what_it_was_for(seller, placed):
    number, _order = placed
    seller.magento.refund(number, {CUP: 1})
    seller.fetch(number)
    refunds = (
        "SELECT r.amount, l.quantity FROM ecom_refund r JOIN ecom_refund_line l ON l.refund_id = r.id "
        "WHERE r.channel_id = %s"
    )
    # 13.00 and 15.5 %, of the 6.05 that three were taxed with
    seller.await_that("the refund", lambda: seller.query(refunds, seller.channel) == [(Decimal("15.02"), 1)])


def test_6_an_order_cancelled_there_gives_the_stock_back_everywhere(seller, placed):
    before = seller.shop.stock(CUP)
    number = seller.magento.sell({CUP: 5})
    seller.fetch(number)
    seller.await_that(f"five cups less elsewhere than {before}", lambda: seller.shop.stock(CUP) == before - 5)
    seller.magento.cancel(number)
    seller.fetch(number)
    seller.await_that("the order is cancelled here", lambda: seller.order(number)["state"] == "cancel")
    seller.await_that("the cups are back", lambda: seller.shown(CUP) == (before, before))


def test_7_an_order_cancelled_here_is_cancelled_there(seller, placed):
    number = seller.magento.sell({BOWL: 2})
    seller.fetch(number)
    seller.await_that("the order", lambda: seller.order(number))
    seller.call("sale.order", "action_cancel", [seller.order(number)["id"]])
    seller.await_that("it there", lambda: seller.magento.orders[number].findtext("state") == "canceled")


def test_8_an_order_in_the_shop_takes_its_units_off_magento(seller, placed):
    before = seller.magento.quantity(BOWL)
    seller.shop.place_order({BOWL: 4})
    seller.await_that("four bowls less in Magento", lambda: seller.magento.quantity(BOWL) == before - 4)


def test_9_nothing_is_left_to_say(seller, placed):
    assert seller.merchant.exceptions(seller.channel) == []
