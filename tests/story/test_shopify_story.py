"""One seller with a Shopify of two locations and a second shop, one stock: from the buyer's click to the payout, all of
it over HTTP. The Shopify executes what it is asked against the official schema.

Each test is the next chapter: they share one seller, and a chapter that fails ends the story.
"""

from base64 import b64encode
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.shopify import people, schema
from tests.sandbox.shopify.desk import Trouble
from tests.sandbox.shopify.inside import connect
from tests.sandbox.shopify.server import ShopifyServer
from tests.sandbox.shopify.shop import CLIENT_ID, CLIENT_SECRET
from tests.story import shopify_returns
from tests.story.seller import Seller

from channels.shopify import settlements_fetch, subscriptions  # isort: skip

COUNTED = recorded.COUNTED["Shopify, story"]
SHIRT, CUP, EACH = "STORY-SHIRT", "STORY-CUP", 40
PRICES = {SHIRT: "20.00", CUP: "7.90"}


@pytest.fixture(scope="module")
def seller(merchant):
    schema.versions()
    with ShopifyServer() as server:
        yield ShopifySeller(merchant, server)
        assert server.complaints() == []


class ShopifySeller(Seller):
    """The merchant with two warehouses: the Shopify's two locations; another Shopify sells from the first one."""

    def __init__(self, merchant, server):
        super().__init__(merchant, PRICES, COUNTED)
        (self.back,) = self.call("stock.warehouse", "create", [{"name": "Back yard", "code": "BACK"}])
        self.stock(self.main, self.products.values(), EACH)
        self.stock(self.back, self.products.values(), 5)
        self.here, self.desk = server.open("here", twice=True)
        self.there, _desk = server.open("there")
        self.places = [self.here.add_location("Front"), self.here.add_location("Back")]
        self.elsewhere = self.there.add_location("Only")
        self.here.add_market("Home", ["US"], "USD")
        self.here.add_market("Canada", ["CA"], "CAD", "1.37")
        for sku, price in PRICES.items():
            self.here.add_variant(sku, price, dict.fromkeys(self.places, 7))
            self.there.add_variant(sku, price, {self.elsewhere: 7})
        self.call("ir.config_parameter", "set_param", "web.base.url", merchant.odoo.url)
        currencies = self.call("res.currency", "search", [("name", "=", "CAD")], context={"active_test": False})
        self.call("res.currency", "write", currencies, {"active": True})
        self.channel = self.connect(self.here, dict(zip(self.places, (self.main, self.back), strict=True)))
        self.other = self.connect(self.there, {self.elsewhere: self.main})
        self.call("ecom.channel", "action_go_live", [self.channel, self.other])

    def connect(self, shop, places):
        """A channel that is not live yet."""
        yesterday = datetime.now(timezone.utc) - timedelta(days=1)
        values = {"name": f"Shopify {shop.name}", "code": "shopify", "import_when": "always", "create_taxes": True}
        values |= {"go_live": yesterday.strftime("%Y-%m-%d %H:%M:%S")}
        (channel,) = self.call("ecom.channel", "create", [values])
        others = self.call("ecom.check.policy", "search", [("channel_id", "=", channel), ("rule", "!=", "total")])
        self.call("ecom.check.policy", "write", others, {"effect": "off"})
        keys = {"url": shop.url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        rows = [{"channel_id": channel, "name": name, "value": value} for name, value in keys.items()]
        self.call("ecom.channel.credential", "create", rows)
        rows = [
            {"channel_id": channel, "code": str(place), "name": str(place), "warehouse_id": id, "publish": True}
            for place, id in places.items()
        ]
        self.call("ecom.location.map", "create", rows)
        return channel

    # ----------------------------------------------------------------- look at
    def order(self, number):
        """What the order with the shop's number says here; None while it is not here."""
        domain = [("ecom_channel_id", "=", self.channel), ("ecom_external_id", "=", str(number))]
        for row in self.call("sale.order", "search_read", domain, ["state", "amount_total", "currency_id"]):
            total = Decimal(str(row["amount_total"])).quantize(Decimal("0.01"))
            return {"id": row["id"], "state": row["state"], "total": total, "currency": row["currency_id"][1]}
        return None

    def stocks(self, sku):
        """(front, back, the other shop)"""
        return (*(self.here.available(sku, place) for place in self.places), self.there.available(sku, self.elsewhere))

    def lines(self, order):
        """[(units, net, tax)] of the order's lines, the cheapest first."""
        fields = ["product_uom_qty", "price_subtotal", "price_tax"]
        rows = self.call("sale.order.line", "search_read", [("order_id", "=", order)], fields)
        return sorted((int(row[fields[0]]), *(exact(row[name]) for name in fields[1:])) for row in rows)

    def reserved(self, order):
        """{warehouse: {SKU: units}} that are kept for the order."""
        found = {}
        for warehouse, sku, units in self.query(
            """SELECT k.warehouse_id, p.default_code, sum(m.quantity) FROM stock_move m
                 JOIN stock_picking t ON t.id = m.picking_id JOIN sale_order o ON o.id = t.sale_id AND o.id = %s
                 JOIN stock_picking_type k ON k.id = t.picking_type_id
                 JOIN product_product p ON p.id = m.product_id
                WHERE m.state = 'assigned' GROUP BY k.warehouse_id, p.default_code""",
            order,
        ):
            found.setdefault(warehouse, {})[sku] = int(units)
        return found

    def numbers(self, number):
        with self.here.lock:
            return [parcel["numbers"] for parcel in self.here.orders[number]["parcels"]]


def test_1_going_live_every_location_shows_its_own_stock_and_we_hear_of_changes(seller):
    seller.await_that("the stock of all six", lambda: {seller.stocks(SHIRT), seller.stocks(CUP)} == {(EACH, 5, EACH)})
    seller.await_that("the webhooks", lambda: len(seller.here.hooks) == len(subscriptions.TOPICS))


@pytest.fixture(scope="module")
def placed(seller):
    """Three shirts and a cup to Canada. (the shop's number, the order here as it was placed)"""
    number = people.place_order(seller.here, {SHIRT: 3, CUP: 1}, country="CA", discount="7")
    seller.await_that("the order", lambda: seller.order(number))
    return number, seller.order(number)


def test_2_an_order_of_a_market_abroad_is_confirmed_in_the_buyers_currency_equal_to_the_cent(seller, placed):
    number, order = placed
    stated = people.current_total(seller.here.orders[number])["presentmentMoney"]
    assert (order["state"], order["currency"]) == ("sale", "CAD") == ("sale", stated["currencyCode"])
    assert order["total"] == Decimal(stated["amount"]) == Decimal("98.02")
    # A shirt costs 27.40 there and a cup 10.82, less 7 %, and GST of 5 % a line; posting them 6.85.
    assert seller.lines(order["id"]) == [
        (1, Decimal("6.85"), Decimal("0.34")),
        (1, Decimal("10.06"), Decimal("0.50")),
        (3, Decimal("76.45"), Decimal("3.82")),
    ]
    assert seller.reserved(order["id"]) == {seller.main: {SHIRT: 3, CUP: 1}}
    assert {status for _topic, _about, status in seller.here.postman.told} == {200}


def test_3_the_stock_falls_everywhere_and_a_location_that_sold_nothing_keeps_its_own(seller, placed):
    seller.await_that("three shirts less", lambda: seller.stocks(SHIRT) == (EACH - 3, 5, EACH - 3))
    seller.await_that("a cup less", lambda: seller.stocks(CUP) == (EACH - 1, 5, EACH - 1))


def test_4_of_two_parcels_both_numbers_stand_in_the_shop_though_an_answer_was_lost(seller, placed):
    number, order = placed
    seller.desk.trouble.append(Trouble("cut", "CreateParcel"))
    seller.ship(order["id"], "1Z-FIRST", {SHIRT: 2})
    seller.await_that("the first number", lambda: seller.numbers(number) == [["1Z-FIRST"]])
    told = "SELECT 1 FROM ecom_shipment WHERE order_id = %s AND told_at IS NOT NULL AND external_id IS NOT NULL"
    seller.await_that("its answer", lambda: seller.query(told, order["id"]))
    seller.ship(order["id"], "1Z-SECOND")
    seller.await_that("both", lambda: seller.numbers(number) == [["1Z-FIRST"], ["1Z-SECOND"]])
    seller.await_that("both answers", lambda: len(seller.query(told, order["id"])) == 2)
    assert not seller.query("SELECT 1 FROM ecom_shipment WHERE order_id = %s AND elsewhere", order["id"])
    assert seller.order(number) == order


def test_5_a_refund_of_one_unit_made_in_the_shop_is_recorded_with_its_line_and_tax(seller, placed):
    number, order = placed
    refund = people.refund(seller.here, number, SHIRT, 1, note="Does not fit")
    wanted = "SELECT 1 FROM ecom_refund WHERE external_id = %s AND state = 'done' AND channel_id = %s"
    seller.await_that("the refund", lambda: seller.query(wanted, str(refund), seller.channel))
    line = str(seller.here.orders[number]["lines"][0]["id"])
    known = seller.merchant.refunds([seller.channel])[seller.channel][str(refund)]
    assert known == (Decimal("26.75"), {line: (1, Decimal("25.48"), Decimal("1.27"))})
    assert seller.order(number)["total"] == order["total"]


def test_6_an_edit_before_picking_is_followed_and_a_cancelled_order_puts_the_stock_back(seller, placed):
    before = seller.stocks(CUP)
    number = people.place_order(seller.here, {CUP: 4})
    seller.await_that("four cups less", lambda: seller.stocks(CUP) == (before[0] - 4, 5, before[2] - 4))
    seller.await_that("the order", lambda: seller.order(number))
    people.edit(seller.here, number, CUP, 2)
    total = Decimal(people.current_total(seller.here.orders[number])["shopMoney"]["amount"])
    seller.await_that("two cups", lambda: seller.order(number)["total"] == total)
    seller.await_that("two are back", lambda: seller.stocks(CUP) == (before[0] - 2, 5, before[2] - 2))
    people.cancel(seller.here, number)
    seller.await_that("it is cancelled here", lambda: seller.order(number)["state"] == "cancel")
    seller.await_that("all are back", lambda: seller.stocks(CUP) == before)


def test_7_what_was_taken_in_exchange_waits_for_a_person_and_the_difference_is_a_refund(seller, placed):
    number, _order = placed
    refund = people.exchange(seller.here, number, SHIRT, CUP)
    wanted = "SELECT amount FROM ecom_refund WHERE external_id = %s AND channel_id = %s"
    seller.await_that("the refund", lambda: seller.query(wanted, str(refund), seller.channel))
    stated = sum(people.buyers(entry["bag"]) for entry in seller.here.orders[number]["refunds"][-1]["transactions"])
    assert Decimal(str(seller.query(wanted, str(refund), seller.channel)[0][0])) == stated > 0
    asked = """SELECT 1 FROM ecom_exception e JOIN sale_order o ON o.id = e.order_id
                WHERE e.category = 'change' AND e.state = 'open' AND o.ecom_external_id = %s"""
    seller.await_that("somebody is asked about the cup", lambda: seller.query(asked, str(number)))


def test_8_a_webhook_that_was_taken_away_is_made_anew(seller, placed):
    with seller.here.lock:
        gone = next(id for id, hook in seller.here.hooks.items() if hook["topic"] == "ORDERS_UPDATED")
        del seller.here.hooks[gone]
    seller.call("ecom.channel", "action_check_webhook", [seller.channel])
    topics = lambda: {hook["topic"] for hook in list(seller.here.hooks.values())}  # noqa: E731
    seller.await_that("the webhook is back", lambda: topics() == set(subscriptions.TOPICS))


def test_9_what_shopify_sends_from_its_second_location_is_kept_in_the_second_warehouse(seller, placed):
    number = people.place_order(seller.here, {SHIRT: 2}, location=seller.places[1])
    seller.await_that("the order", lambda: seller.order(number))
    order = seller.order(number)
    assert (order["total"], order["currency"]) == (Decimal("47.70"), "USD")
    assert seller.reserved(order["id"]) == {seller.back: {SHIRT: 2}}
    seller.await_that("two less there only", lambda: seller.stocks(SHIRT)[1:] == (5 - 2, EACH - 3))
    seller.ship(order["id"], "1Z-BACK")
    seller.await_that("its number", lambda: seller.numbers(number) == [["1Z-BACK"]])
    assert [parcel["location"] for parcel in seller.here.orders[number]["parcels"]] == [seller.places[1]]
    assert seller.stocks(SHIRT)[1:] == (5 - 2, EACH - 3)


def test_10_every_line_of_the_payout_finds_its_order_and_all_of_them_add_up_to_it(seller, placed):
    number, order = placed
    people.pay_out(seller.here)
    lines = seller.here.payouts[-1]["lines"]
    (raw,) = settlements_fetch.fetch_settlements(connect(seller.desk), None).items
    file = {"name": "payout.json", "datas": b64encode(raw.body).decode()}
    attachments = seller.call("ir.attachment", "create", [file])
    upload = {"channel_id": seller.channel, "attachment_ids": attachments}
    (wizard,) = seller.call("ecom.settlement.upload.wizard", "create", [upload])
    seller.call("ecom.settlement.upload.wizard", "action_upload", [wizard])
    (payout,) = seller.call(
        "ecom.settlement", "search_read", [("channel_id", "=", seller.channel)], ["amount", "line_ids", "flaws"]
    )
    assert not payout["flaws"]
    assert exact(payout["amount"]) == sum(line["amount"] - line["fee"] for line in lines)
    seller.call("ecom.settlement", "action_match", [payout["id"]])
    fields = ["amount", "fee", "net", "order_id", "match_state", "family"]
    rows = seller.call("ecom.settlement.line", "read", payout["line_ids"], fields)
    assert len(rows) == len(lines) and {row["match_state"] for row in rows} == {"confirmed"}
    assert sum(exact(row["net"]) for row in rows) == exact(payout["amount"])
    # 98.02 CAD are 71.55 USD; the shirt that came back, and what the exchange left over, were paid back of it.
    own = [row for row in rows if row["order_id"][0] == order["id"]]
    sold = [(row["family"], exact(row["amount"]), exact(row["fee"])) for row in own if row["family"] == "sale"]
    assert sold == [("sale", Decimal("71.55"), Decimal("2.07"))]
    back = {exact(row["amount"]) for row in own if row["family"] == "refund"}
    assert back == {line["amount"] for line in lines if line["order"]["id"] == number and line["amount"] < 0}
    assert Decimal("-19.53") in back


def test_11_a_refund_made_before_the_goods_came_owes_them_and_what_is_short_stays_owed(seller, placed):
    shopify_returns.refunded_before_the_goods_came(seller, CUP)


def test_12_a_return_asked_for_in_the_shop_is_answered_there(seller, placed):
    shopify_returns.asked_for_in_the_shop(seller, CUP)


def exact(amount):
    return Decimal(str(amount)).quantize(Decimal("0.01"))
