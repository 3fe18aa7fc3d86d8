"""One seller, two WooCommerce shops, one stock: an order from the buyer's click to the refund, all of it over HTTP.

The shops are doubles that remember, held to the recorded shapes and to the real server's routes; Odoo runs as it does
anywhere. Each test is the next chapter: they share one seller, and a chapter that fails ends the story.
"""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from tests.contract import recorded
from tests.sandbox.woo_server import KEY, SECRET, WooServer
from tests.story.seller import Seller

COUNTED = recorded.COUNTED["WooCommerce, story"]
MUG, TOWEL, EACH = "STORY-MUG", "STORY-TOWEL", 50
PRICES = {MUG: "13.00", TOWEL: "9.99"}


@pytest.fixture(scope="module")
def seller(merchant):
    recorded.folder("woocommerce")
    with WooServer() as server:
        yield WooSeller(merchant, server)
    assert server.complaints == []


class WooSeller(Seller):
    """The merchant with two shops that sell the same two products."""

    def __init__(self, merchant, server):
        super().__init__(merchant, PRICES, COUNTED)
        self.stock(self.main, self.products.values(), EACH)
        self.here, self.there = server.open("here"), server.open("there")
        for shop in (self.here, self.there):
            for sku, price in PRICES.items():
                shop.add_product(sku, price, stock=7)
        self.call("ir.config_parameter", "set_param", "web.base.url", merchant.odoo.url)
        keys = {"consumer_key": KEY, "consumer_secret": SECRET}
        self.channel, self.other = merchant.connect([self.here, self.there], **keys, webhook_secret="story-secret")
        yesterday = datetime.now(timezone.utc) - timedelta(days=1)
        live = {"publish_stock": True, "arm_webhooks": True, "go_live": yesterday.strftime("%Y-%m-%d %H:%M:%S")}
        self.call("ecom.channel", "write", [self.channel, self.other], live)
        merchant.go_live([self.channel, self.other])

    # ------------------------------------------------------------------- drive
    def invoice(self, order):
        """Bill what was shipped and not yet billed."""
        values = {"sale_order_ids": [order], "advance_payment_method": "delivered"}
        (wizard,) = self.call("sale.advance.payment.inv", "create", [values])
        self.call("sale.advance.payment.inv", "create_invoices", [wizard])
        draft = [("line_ids.sale_line_ids.order_id", "=", order), ("state", "=", "draft")]
        self.call("account.move", "action_post", self.call("account.move", "search", draft))

    # ----------------------------------------------------------------- look at
    def order(self, number):
        """What the order with the shop's number says here; None while it is not here."""
        return self.merchant.orders([self.channel])[self.channel].get(str(number))

    def stocks(self, sku):
        return self.here.stock(sku), self.there.stock(sku)

    def reserved(self, order):
        rows = self.query(
            """SELECT p.default_code, sum(m.quantity) FROM stock_move m JOIN stock_picking k ON k.id = m.picking_id
                 JOIN product_product p ON p.id = m.product_id
                WHERE k.sale_id = %s AND m.state = 'assigned' GROUP BY 1""",
            order,
        )
        return {sku: int(quantity) for sku, quantity in rows}


def test_1_going_live_both_shops_show_our_stock_and_tell_us_of_changes(seller):
    seller.await_that("the stock of all four listings", lambda: {*seller.stocks(MUG), *seller.stocks(TOWEL)} == {EACH})
    seller.await_that("six webhooks in each shop", lambda: (len(seller.here.hooks), len(seller.there.hooks)) == (6, 6))
    assert {hook["status"] for hook in seller.here.hooks.values()} == {"active"}


@pytest.fixture(scope="module")
def placed(seller):
    """The first order: three mugs and a towel. (the shop's number, the order here as it was placed)"""
    number = seller.here.place_order({MUG: 3, TOWEL: 1})
    seller.await_that("the order", lambda: seller.order(number))
    return number, seller.order(number)


def test_2_an_order_is_confirmed_and_reserved_equal_to_the_cent(seller, placed):
    number, order = placed
    stated = seller.here.orders[number]
    assert seller.here.told[-1] == ("order.created", 200)
    assert (order["state"], order["currency"]) == ("sale", "USD")
    assert order["amount_total"] == Decimal(stated["total"]) == Decimal("61.60")
    assert order["amount_tax"] == Decimal(stated["total_tax"])
    assert order["taxes"] == {
        str(rate["rate_id"]): Decimal(rate["tax_total"]) + Decimal(rate["shipping_tax_total"])
        for rate in stated["tax_lines"]
    }
    assert seller.reserved(order["id"]) == {MUG: 3, TOWEL: 1}


def test_3_the_stock_of_every_other_listing_falls(seller, placed):
    seller.await_that("three mugs less", lambda: seller.stocks(MUG) == (EACH - 3, EACH - 3))
    seller.await_that("a towel less", lambda: seller.stocks(TOWEL) == (EACH - 1, EACH - 1))


def test_4_of_two_parcels_both_numbers_stand_in_the_shop_and_two_invoices_bill_it_exactly(seller, placed):
    number, order = placed
    seller.ship(order["id"], "1Z-FIRST", {MUG: 2})
    seller.await_that("the first number", lambda: seller.here.tracking_numbers(number) == ["1Z-FIRST"])
    assert seller.here.orders[number]["status"] == "processing"
    seller.invoice(order["id"])
    seller.ship(order["id"], "1Z-SECOND")
    seller.await_that("both", lambda: seller.here.tracking_numbers(number) == ["1Z-FIRST", "1Z-SECOND"])
    assert seller.here.orders[number]["status"] == "completed"
    seller.invoice(order["id"])
    invoices = seller.merchant.invoices([order["id"]])[order["id"]]
    assert len(invoices) == 2
    assert all(invoice["amount_total"] > 0 for invoice in invoices)
    assert sum(invoice["amount_total"] for invoice in invoices) == order["amount_total"]
    for tax, amount in order["taxes"].items():
        assert sum(invoice["taxes"].get(tax, Decimal(0)) for invoice in invoices) == amount
    COUNTED["invoices whose taxes add up to those of the shop"] += 2


def test_5_a_refund_of_one_unit_made_in_the_shop_is_recorded_with_its_line(seller, placed):
    number, _order = placed
    refund, amount = seller.here.refund(number, MUG, 1, "Broken in transit")
    wanted = "SELECT 1 FROM ecom_refund WHERE external_id = %s AND NOT lines_wanted AND channel_id = %s"
    seller.await_that("the refund", lambda: seller.query(wanted, str(refund), seller.channel))
    (line,) = [str(item["id"]) for item in seller.here.orders[number]["line_items"] if item["sku"] == MUG]
    known = seller.merchant.refunds([seller.channel])[seller.channel][str(refund)]
    assert known == (amount, {line: (1, Decimal("13.00"), Decimal("1.08"))})
    assert amount == Decimal("14.08")


def test_6_cancelling_a_second_order_puts_the_stock_back(seller, placed):
    before = seller.there.stock(MUG)
    number = seller.here.place_order({MUG: 5})
    seller.await_that("five mugs less elsewhere", lambda: seller.there.stock(MUG) == before - 5)
    seller.here.cancel(number)
    seller.await_that("the order is cancelled here", lambda: seller.order(number)["state"] == "cancel")
    seller.await_that("the mugs are back elsewhere", lambda: seller.there.stock(MUG) == before)
    seller.await_that("both shops show the same", lambda: seller.here.stock(MUG) == before)


def test_7_an_edit_after_picking_is_for_a_person_to_decide(seller, placed):
    number = seller.here.place_order({MUG: 2})
    seller.await_that("the order", lambda: seller.order(number))
    order = seller.order(number)
    seller.ship(order["id"], "1Z-THIRD", {MUG: 1})
    seller.here.edit(number, MUG, 1)
    query = """SELECT l.name, l.here, l.there FROM ecom_exception e JOIN ecom_order_change_line l USING (change_id)
                WHERE e.order_id = %s AND e.category = 'change' AND e.state = 'open' ORDER BY l.id"""
    seller.await_that("both sides", lambda: seller.query(query, order["id"]))
    sides = {name: (here, there) for name, here, there in seller.query(query, order["id"])}
    COUNTED["differences shown side by side"] += len(sides)
    assert any(("2" in here and "1" in there) for here, there in sides.values()), sides
    assert seller.order(number)["amount_total"] == order["amount_total"] != Decimal(seller.here.orders[number]["total"])


def test_8_webhooks_that_switched_themselves_off_are_woken(seller, placed):
    """Five deliveries that nobody answered; the next look wakes the webhook and asks for what was missed."""
    hook = next(hook for hook in seller.here.hooks.values() if hook["topic"] == "order.created")
    hook["status"] = "disabled"
    number = seller.here.place_order({TOWEL: 1})
    assert seller.here.told[-1][0] != "order.created"
    seller.call("ecom.channel", "action_check_webhook", [seller.channel])
    seller.await_that("the webhook is awake", lambda: hook["status"] == "active")
    seller.await_that("the order it never told of", lambda: seller.order(number))


def test_9_a_price_changed_here_is_the_price_there_and_an_offer_entered_there_ends(seller, placed):
    mug = next(row for row in seller.here.products.values() if row["sku"] == MUG)
    towel = next(row for row in seller.here.products.values() if row["sku"] == TOWEL)
    towel["sale_price"] = towel["price"] = "5.00"
    (pricelist,) = seller.call("product.pricelist", "create", [{"name": "Web"}])
    for sku, price in ((MUG, 14.5), (TOWEL, 9.99)):
        seller.call("product.product", "write", [seller.products[sku]], {"list_price": price})
    seller.call("ecom.channel", "action_read_catalogue", [seller.channel])
    seen = "SELECT 1 FROM ecom_listing WHERE channel_id = %s AND price = 5"
    seller.await_that("the offer is seen", lambda: seller.query(seen, seller.channel))
    seller.call("ecom.channel", "write", [seller.channel], {"pricelist_id": pricelist, "own_prices": True})
    seller.await_that("the new price", lambda: (mug["regular_price"], mug["price"]) == ("14.50", "14.50"))
    seller.await_that("the offer's end", lambda: (towel["sale_price"], towel["price"]) == ("", "9.99"))


def test_10_accounts_and_coupons_of_the_shop_are_known_here(seller, placed):
    number = seller.here.register("Greta", "Gruber", "greta@example.com")
    seller.here.add_coupon("AUTUMN", "10.00", "Autumn sale")
    seller.call("ecom.channel", "write", [seller.channel], {"customer_policy": "all", "read_coupons": True})
    contact = """SELECT p.email FROM ecom_buyer b JOIN res_partner p ON p.id = b.partner_id
                  WHERE b.channel_id = %s AND b.external_id = %s"""
    seller.await_that("Greta", lambda: seller.query(contact, seller.channel, str(number)) == [("greta@example.com",)])
    coupon = "SELECT kind, amount::int, name FROM ecom_coupon WHERE channel_id = %s AND code = 'AUTUMN'"
    seller.await_that("the coupon", lambda: seller.query(coupon, seller.channel) == [("percent", 10, "Autumn sale")])
    seller.here.customers[number]["email"] = "gruber@example.com"
    seller.call("ecom.channel", "write", [seller.channel], {"customer_policy": "follow"})
    seller.await_that(
        "the new one", lambda: seller.query(contact, seller.channel, str(number)) == [("gruber@example.com",)]
    )


def test_11_a_product_with_variants_is_put_on_the_shop_and_its_stock_follows(seller, placed):
    (size,) = seller.call("product.attribute", "create", [{"name": "Size"}])
    values = [{"attribute_id": size, "name": name} for name in ("S", "M")]
    line = {"attribute_id": size, "value_ids": [(6, 0, seller.call("product.attribute.value", "create", values))]}
    polo = {"name": "Polo", "is_storable": True, "taxes_id": [(5,)], "attribute_line_ids": [(0, 0, line)]}
    (template,) = seller.call("product.template", "create", [polo])
    variants = seller.call("product.product", "search", [("product_tmpl_id", "=", template)])
    for sku, variant in zip(("POLO-S", "POLO-M"), sorted(variants), strict=True):
        seller.call("product.product", "write", [variant], {"default_code": sku})
    wish = {"channel_id": seller.channel, "product_ids": [(6, 0, variants)]}
    (wizard,) = seller.call("ecom.list.product.wizard", "create", [wish])
    seller.call("ecom.list.product.wizard", "action_list", [wizard])
    made = seller.here.variations
    seller.await_that("both variations", lambda: {row["sku"] for row in made.values()} == {"POLO-S", "POLO-M"})
    (number,) = {row["parent_id"] for row in made.values()}
    shown = seller.here.products[number]
    assert (shown["name"], shown["type"], shown["status"]) == ("Polo", "variable", "draft")
    assert [(option["name"], option["options"]) for option in shown["attributes"]] == [("Size", ["S", "M"])]
    seller.stock(seller.main, variants, 5)
    seller.call("ecom.channel", "action_read_catalogue", [seller.channel])
    seller.await_that("their stock", lambda: {row["stock_quantity"] for row in made.values()} == {5})
