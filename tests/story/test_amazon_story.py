"""One seller on Amazon and in a WooCommerce shop, one stock: told by Amazon's queue, from an order to a cancellation.

Amazon is a double held to Amazon's own models, its queue is moto's. Each test is the next chapter.
"""

from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.amazon_queue import KEYS as QUEUE_KEYS
from tests.sandbox.amazon_queue import AmazonQueue
from tests.sandbox.amazon_shop import CREDENTIALS, US
from tests.sandbox.amazon_store import AmazonStore
from tests.sandbox.woo_server import WooServer
from tests.story import amazon_returns
from tests.story.seller_beside import SellerBeside

COUNTED = recorded.COUNTED["Amazon, story"]
CUP, BOWL, EACH = "AMAZON-CUP", "AMAZON-BOWL", 50
PRICES = {CUP: "13.00", BOWL: "9.90"}


@pytest.fixture(scope="module")
def seller(merchant):
    recorded.folder("amazon")
    with AmazonQueue() as queue, AmazonStore(PRICES, queue) as amazon, WooServer() as shops:
        yield AmazonSeller(merchant, amazon, queue, shops)
    assert amazon.surprises == [] and shops.complaints == []


class AmazonSeller(SellerBeside):
    def __init__(self, merchant, amazon, queue, shops):
        super().__init__(merchant, shops, PRICES, EACH, COUNTED)
        self.amazon, self.queue = amazon, queue
        merchant.charges({"US-10%": {"name": "Sales tax 10%", "amount": 10.0}})
        entered = {"region": amazon.url, **CREDENTIALS, "marketplaces": US, "queue": queue.url, **QUEUE_KEYS}
        self.open("amazon", "Amazon", entered, "STANDARD", armed=True)

    def shown(self, sku):
        """(on Amazon, in the shop)"""
        return self.amazon.quantity(sku), self.shop.stock(sku)


def test_1_going_live_shows_our_stock_on_both_and_has_amazon_fill_the_queue(seller):
    seller.await_that("the stock of all listings", lambda: {*seller.shown(CUP), *seller.shown(BOWL)} == {EACH})
    seller.await_that("the subscription", lambda: "ORDER_CHANGE" in seller.amazon.subscriptions)
    (destination,) = seller.amazon.destinations
    assert destination["resource"]["sqs"]["arn"] == seller.queue.arn()


@pytest.fixture(scope="module")
def placed(seller):
    """Three cups and a bowl. (Amazon's number, the order here as it was placed)"""
    number = seller.amazon.sell({CUP: 3, BOWL: 1})
    seller.await_that("the order", lambda: seller.order(number))
    return number, seller.order(number)


def test_2_the_queue_brings_an_order_equal_to_the_cent(seller, placed):
    number, order = placed
    hints = "SELECT count(*) FROM ecom_message WHERE channel_id = %s AND external_id = %s AND hint"
    assert seller.query(hints, seller.channel, number) == [(1,)]
    assert (order["state"], order["currency"]) == ("sale", "USD")
    assert order["amount_total"] == Decimal("53.79") and order["amount_tax"] == Decimal("4.89")
    seller.await_that("an empty queue", lambda: seller.queue.count() == 0)


def test_3_the_stock_in_the_other_shop_falls(seller, placed):
    seller.await_that("three cups less", lambda: seller.shown(CUP) == (EACH - 3, EACH - 3))
    seller.await_that("a bowl less", lambda: seller.shown(BOWL) == (EACH - 1, EACH - 1))


def test_4_both_parcels_stand_on_amazon_with_what_is_in_them(seller, placed):
    number, order = placed
    seller.ship(order["id"], "1Z-FIRST", {CUP: 2})
    seller.await_that("the first", lambda: seller.amazon.tracking_numbers(number) == ["1Z-FIRST"])
    assert seller.amazon.status(number) == "PARTIALLY_SHIPPED"
    seller.ship(order["id"], "1Z-SECOND")
    seller.await_that("both", lambda: seller.amazon.tracking_numbers(number) == ["1Z-FIRST", "1Z-SECOND"])
    assert seller.amazon.status(number) == "SHIPPED"
    packed = [
        [line["quantity"] for line in package["packageItems"]] for package in seller.amazon.orders[number]["packages"]
    ]
    assert [sum(units) for units in packed] == [2, 2]


def test_5_an_order_cancelled_there_gives_the_stock_back_everywhere(seller, placed):
    before = seller.shop.stock(CUP)
    number = seller.amazon.sell({CUP: 5})
    seller.await_that("five cups less elsewhere", lambda: seller.shop.stock(CUP) == before - 5)
    seller.amazon.cancel(number)
    seller.await_that("the order is cancelled here", lambda: seller.order(number)["state"] == "cancel")
    seller.await_that("the cups are back", lambda: seller.shown(CUP) == (before, before))


def test_6_an_order_in_the_shop_takes_its_units_off_amazon(seller, placed):
    before = seller.amazon.quantity(BOWL)
    seller.shop.place_order({BOWL: 4})
    seller.await_that("four bowls less on Amazon", lambda: seller.amazon.quantity(BOWL) == before - 4)


def test_7_nothing_is_left_to_say(seller, placed):
    assert seller.merchant.exceptions(seller.channel) == []


def test_8_what_came_back_to_amazons_warehouse_is_in_stock_there_or_claimed_and_paid_by_the_payout(seller):
    amazon_returns.damaged_in_amazons_warehouse(seller, CUP)
