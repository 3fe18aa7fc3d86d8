"""One seller on eBay and in a WooCommerce shop, one stock: from an order to parcels, a refund and a cancellation.

eBay is a double held to eBay's own contracts. Each test is the next chapter.
"""

from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.ebay_store import CREDENTIALS, EbayStore
from tests.sandbox.woo_server import WooServer
from tests.story.seller_beside import SellerBeside

COUNTED = recorded.COUNTED["eBay, story"]
MUG, BOWL, EACH = "EBAY-MUG", "EBAY-BOWL", 40
PRICES = {MUG: "11.90", BOWL: "5.95"}


@pytest.fixture(scope="module")
def seller(merchant):
    recorded.specs("ebay")
    with EbayStore(PRICES) as ebay, WooServer() as shops:
        yield EbaySeller(merchant, ebay, shops)
    assert ebay.surprises == [] and shops.complaints == []


class EbaySeller(SellerBeside):
    def __init__(self, merchant, ebay, shops):
        super().__init__(merchant, shops, PRICES, EACH, COUNTED)
        self.ebay = ebay
        merchant.charges({"DE-19%": {"name": "MwSt 19%", "amount": 19.0}})
        euro = self.call("res.currency", "search", [("name", "=", "EUR"), ("active", "=", False)])
        self.call("res.currency", "write", euro, {"active": True})
        self.open("ebay", "eBay", {**CREDENTIALS, "address": ebay.url}, "DE_DHLPaket")

    def shown(self, sku):
        """(on eBay, in the shop)"""
        return self.ebay.stock[sku], self.shop.stock(sku)


def test_1_going_live_shows_our_stock_on_both(seller):
    seller.await_that("the stock of all listings", lambda: {*seller.shown(MUG), *seller.shown(BOWL)} == {EACH})


@pytest.fixture(scope="module")
def placed(seller):
    """Three mugs and a bowl. (eBay's number, the order here as it was placed)"""
    number = seller.ebay.sell({MUG: 3, BOWL: 1})
    seller.fetch(number)
    seller.await_that("the order", lambda: seller.order(number))
    return number, seller.order(number)


def test_2_an_order_comes_equal_to_the_cent_with_the_vat_that_its_prices_contain(seller, placed):
    _number, order = placed
    assert (order["state"], order["currency"]) == ("sale", "EUR")
    assert order["amount_total"] == Decimal("46.55") and order["amount_tax"] == Decimal("7.43")


def test_3_the_stock_in_the_other_shop_falls(seller, placed):
    seller.await_that("three mugs less", lambda: seller.shown(MUG) == (EACH - 3, EACH - 3))
    seller.await_that("a bowl less", lambda: seller.shown(BOWL) == (EACH - 1, EACH - 1))


def test_4_both_parcels_stand_on_ebay_with_what_is_in_them(seller, placed):
    number, order = placed
    seller.ship(order["id"], "RR-FIRST", {MUG: 2})
    seller.await_that("the first", lambda: seller.ebay.tracking_numbers(number) == ["RRFIRST"])
    assert seller.ebay.orders[number]["orderFulfillmentStatus"] == "IN_PROGRESS"
    seller.ship(order["id"], "RR-SECOND")
    seller.await_that("both", lambda: seller.ebay.tracking_numbers(number) == ["RRFIRST", "RRSECOND"])
    assert seller.ebay.orders[number]["orderFulfillmentStatus"] == "FULFILLED"
    packed = [[line["quantity"] for line in parcel["lineItems"]] for parcel in seller.ebay.parcels[number]]
    assert [sum(units) for units in packed] == [2, 2]


def test_5_a_refund_made_there_is_known_here(seller, placed):
    number, _order = placed
    seller.ebay.refund(number, 500)
    seller.fetch(number)
    refunds = "SELECT amount FROM ecom_refund WHERE channel_id = %s"
    seller.await_that("the refund", lambda: seller.query(refunds, seller.channel) == [(Decimal("5.00"),)])


def test_6_an_order_cancelled_there_gives_the_stock_back_everywhere(seller, placed):
    before = seller.shop.stock(MUG)
    number = seller.ebay.sell({MUG: 5})
    seller.fetch(number)
    seller.await_that(f"five mugs less elsewhere than {before}", lambda: seller.shop.stock(MUG) == before - 5)
    seller.ebay.cancel(number)
    seller.fetch(number)
    seller.await_that("the order is cancelled here", lambda: seller.order(number)["state"] == "cancel")
    seller.await_that("the mugs are back", lambda: seller.shown(MUG) == (before, before))


def test_7_an_order_cancelled_here_is_cancelled_there(seller, placed):
    number = seller.ebay.sell({BOWL: 2})
    seller.fetch(number)
    seller.await_that("the order", lambda: seller.order(number))
    seller.call("sale.order", "action_cancel", [seller.order(number)["id"]])
    seller.await_that("it there", lambda: seller.ebay.orders[number]["cancelStatus"]["cancelState"] == "CANCELED")


def test_8_an_order_in_the_shop_takes_its_units_off_ebay(seller, placed):
    before = seller.ebay.stock[BOWL]
    seller.shop.place_order({BOWL: 4})
    seller.await_that("four bowls less on eBay", lambda: seller.ebay.stock[BOWL] == before - 4)
