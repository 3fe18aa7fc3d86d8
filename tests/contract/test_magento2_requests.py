"""Every request our Magento 2 nouns make, held to Adobe's own contracts; so are the answers that the tests give."""

import json
import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from tests.contract import recorded
from tests.contract.magento2_wire import VERSIONS, Shop, filtered, listed
from tests.contract.openapi import said

from channels import errors, records  # isort: skip
from channels.magento2 import (  # isort: skip
    coupons,
    customers,
    orders,
    prices,
    products,
    refunds,
    shipments,
    stock,
    stock_items,
)
from channels.magento2 import taxes  # isort: skip

COUNTED = recorded.COUNTED["Magento 2"]
DAY = datetime(2026, 6, 30, tzinfo=timezone.utc)
SHIRT = records.ShipmentLine(line_id="101", quantity=Decimal(1))
CONFIG = {
    **{name: "https://shop.example/" for name in ("base_url", "base_link_url", "base_static_url", "base_media_url")},
    **{f"secure_{name}": "https://shop.example/" for name in ("base_url", "base_link_url", "base_static_url")},
    **{"id": 1, "code": "default", "website_id": 1, "locale": "de_DE", "base_currency_code": "EUR"},
    **{"default_display_currency_code": "EUR", "timezone": "Europe/Berlin", "weight_unit": "kgs"},
    "secure_base_media_url": "https://shop.example/media/",
}
VIEW = {"id": 1, "code": "default", "name": "Main", "website_id": 1, "store_group_id": 1, "is_active": 1}
RULE = {
    **{name: 0 for name in ("uses_per_customer", "sort_order", "discount_step", "times_used", "uses_per_coupon")},
    **{name: False for name in ("stop_rules_processing", "is_advanced", "apply_to_shipping", "is_rss")},
    **{"use_auto_generation": False, "website_ids": [1], "customer_group_ids": [0], "coupon_type": "SPECIFIC_COUPON"},
    **{"rule_id": 4, "name": "Summer", "is_active": True, "simple_action": "by_percent", "discount_amount": 10},
}


class Nouns(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.shop = Shop()
        self.reached = self.shop.connect()

    def tearDown(self):
        for name in self.shop.wire.asked:
            COUNTED[f"requests the contracts understand: {name}"] += 1
        super().tearDown()

    def answer(self, **answers):
        self.shop.wire.answers.update(answers)

    # ------------------------------------------------------------------- orders
    def test_changed_orders_are_asked_for_from_where_the_last_page_ended(self):
        rows = [{**self.shop.order, "entity_id": n, "updated_at": f"2026-07-01 09:00:0{n}"} for n in (1, 2)]
        self.shop.wire.answers["GET /V1/orders"] = listed(rows, total=5)
        self.reached.page_size = 2
        page = orders.fetch_orders(self.reached, DAY, open_only=True)
        self.assertEqual([raw.external_id for raw in page.items], ["1", "2"])
        self.assertEqual(page.items[0].version, orders.parse_order(page.items[0].body).version)
        following = orders.fetch_orders(self.reached, DAY, token=page.next)
        asked = filtered(self.shop.wire.requests[-1])
        self.assertEqual(asked["updated_at"], "2026-07-01 09:00:02")
        self.assertEqual(following.next, "2026-07-01 09:00:02|2")
        self.shop.wire.answers["GET /V1/orders"] = listed([self.shop.order])
        self.assertEqual(orders.find_order(self.reached, " #000000042").external_id, "42")
        with self.assertRaises(errors.Gone):
            orders.fetch_order(self.reached, "000-1")

    def test_an_order_is_cancelled_once_and_one_that_cannot_be_is_said_so(self):
        asked = records.Cancellation(key="k", order_id="42")
        for _time in range(2):
            self.assertEqual(orders.cancel_order(self.reached, asked), "42")
        self.assertEqual(sum("cancel" in name for name in self.shop.wire.asked), 1)
        self.shop.order["state"] = "complete"
        with self.assertRaisesRegex(errors.Rejected, "invoiced there"):
            orders.cancel_order(self.reached, asked)

    def test_a_note_keeps_the_status_of_its_order(self):
        note = records.Note(key="k", order_id="42", text="Packed", to_buyer=True)
        self.assertIsNone(orders.find_note(self.reached, note))
        self.assertEqual(orders.send_note(self.reached, note), orders.find_note(self.reached, note))
        self.assertEqual(self.shop.comments[0]["status"], "processing")

    # ---------------------------------------------------------------- shipments
    def test_two_parcels_each_once_one_corrected_and_one_more_box(self):
        first = records.Shipment(key="a", order_id="42", lines=(SHIRT,), carrier="DHL", tracking_number="T1")
        told = [shipments.send_shipment(self.reached, first) for _time in range(2)]
        self.assertEqual(told, ["300", "300"])
        other = replace(first, key="b", carrier="", carrier_name="Bike & Co", tracking_number="T2")
        self.assertIsNone(shipments.find_shipment(self.reached, other))
        self.assertEqual(shipments.send_shipment(self.reached, other), "301")
        carriers = [(t["carrier_code"], t["title"]) for row in self.shop.shipments for t in row["tracks"]]
        self.assertEqual(carriers, [("dhl", "DHL"), ("custom", "Bike & Co")])
        corrected = replace(other, external_id="301", tracking_number="T3")
        shipments.send_shipment(self.reached, corrected)
        self.assertEqual(shipments.find_shipment(self.reached, corrected), "301")
        box = records.Shipment(key="c", order_id="42", tracking_number="T4")
        self.assertEqual(shipments.send_shipment(self.reached, box), "301")
        self.assertEqual([t["track_number"] for t in self.shop.shipments[1]["tracks"]], ["T3", "T4"])
        order = orders.parse_order(orders.fetch_order(self.reached, "42").body)
        self.assertEqual(order.lines[0].extra["shipped"], 3)

    def test_what_is_cancelled_there_is_not_shipped(self):
        self.shop.order["state"] = "canceled"
        with self.assertRaisesRegex(errors.Rejected, "cancelled in the shop"):
            shipments.send_shipment(self.reached, records.Shipment(key="a", order_id="42", lines=(SHIRT,)))

    # ------------------------------------------------------------------- refunds
    def test_a_refund_names_what_it_is_for_and_nothing_more(self):
        line = records.RefundLine(
            external_id="1", line_id="103", quantity=Decimal(1), amount=Decimal("41.59"), taxes=(tax("7.11"),)
        )
        refund = records.Refund(external_id="", order_id="42", key="odoo-1", amount=Decimal("45.00"), lines=(line,))
        self.assertIsNone(refunds.find_refund(self.reached, refund))
        number = refunds.send_refund(self.reached, refund)
        self.assertEqual(refunds.find_refund(self.reached, refund), number)
        asked = json.loads(self.sent("/refund").body)
        self.assertEqual(asked["arguments"]["shipping_amount"], 0)
        self.assertEqual(asked["arguments"]["adjustment_negative"], 3.7)
        (raw,) = refunds.fetch_refunds(self.reached, DAY).items
        held = refunds.parse_refund(raw.body)
        self.assertEqual((held.amount, held.key, held.version), (Decimal("45.0"), "odoo-1", raw.version))
        goodwill = records.Refund(external_id="", order_id="42", key="odoo-2", amount=Decimal(5), pays=True)
        refunds.send_refund(self.reached, goodwill)
        request = self.sent("/invoice/9/refund")
        self.assertEqual(json.loads(request.body)["items"], [{"order_item_id": 101, "qty": 0}])
        self.assertEqual(len(refunds.fetch_order_refunds(self.reached, "42")), 2)

    def sent(self, tail):
        return next(request for request in reversed(self.shop.wire.requests) if request.url.endswith(tail))

    # --------------------------------------------------------------------- stock
    def test_what_can_be_bought_there_is_what_was_published_whatever_is_reserved(self):
        levels = [
            records.StockLevel(variant_id="13", stock_id="SHIRT-M", quantity=7),
            records.StockLevel(variant_id="21", stock_id="MUG", location_id="default", quantity=3),
            records.StockLevel(variant_id="21", stock_id="MUG", location_id="west", quantity=5),
            records.StockLevel(variant_id="9", stock_id="NO", quantity=5),
        ]
        for _time in range(2):
            results = stock.push_stock(self.reached, levels)
            self.assertEqual([result.outcome for result in results], ["applied"] * 3 + ["rejected"])
            self.assertEqual((self.shop.salable_of("SHIRT-M"), self.shop.salable_of("MUG")), (7, 8))
            self.assertEqual(self.shop.stock["SHIRT-M", "default"], 9)
        wanted = {("13", ""): 7, ("21", "default"): 3, ("21", "west"): 5}
        self.assertEqual(stock.read_stock(self.reached, levels), wanted)

    def test_shipping_there_leaves_what_can_be_bought_as_it_was(self):
        level = records.StockLevel(variant_id="13", stock_id="SHIRT-M", quantity=7)
        stock.push_stock(self.reached, [level])
        shipments.send_shipment(self.reached, records.Shipment(key="a", order_id="42", lines=(SHIRT,)))
        self.assertEqual(self.shop.salable_of("SHIRT-M"), 7)
        stock.push_stock(self.reached, [level])
        self.assertEqual((self.shop.stock["SHIRT-M", "default"], self.shop.salable_of("SHIRT-M")), (8, 7))

    def test_without_inventory_management_one_number_a_product_is_written_as_it_is(self):
        self.shop.without_sources()
        levels = [
            records.StockLevel(variant_id="13", stock_id="SHIRT-M", quantity=7),
            records.StockLevel(variant_id="21", stock_id="MUG", quantity=0),
            records.StockLevel(variant_id="9", stock_id="NO", quantity=5),
        ]
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([result.outcome for result in results], ["applied", "applied", "rejected"])
        held = {sku: (row["qty"], row["is_in_stock"], row["min_qty"]) for sku, row in self.shop.counted.items()}
        self.assertEqual(held, {"SHIRT-M": (7, True, 1), "MUG": (0, False, 1)})
        self.assertEqual(stock.read_stock(self.reached, levels), {("13", ""): 7, ("21", ""): 0})

    def test_where_products_are_written_one_by_one_what_takes_too_long_is_left_for_later(self):
        self.shop.without_sources()
        levels = [records.StockLevel(variant_id=sku, stock_id=sku, quantity=1) for sku in ("SHIRT-M", "MUG")]
        clock = iter((0, 7))
        results = stock_items.push_stock(self.reached, levels, clock=lambda: next(clock))
        self.assertEqual([result.variant_id for result in results], ["SHIRT-M"])

    def test_a_website_without_stock_is_said_so(self):
        name = "GET /V1/inventory/stock-resolver/{type}/{code}"
        self.shop.wire.answers[name] = said({"message": "No linked stock found"}, 404)
        with self.assertRaisesRegex(errors.Rejected, "no stock for the website"):
            stock.push_stock(self.reached, [records.StockLevel(variant_id="1", stock_id="MUG", quantity=1)])

    # ------------------------------------------------------------ catalogue, prices
    def test_products_are_read_changed_and_made_once(self):
        row = {"id": 21, "sku": "MUG", "name": "Mug", "type_id": "simple", "status": 1, "price": 20}
        row["custom_attributes"] = [{"attribute_code": "ean", "value": "4006381333931"}]
        frame = {"id": 12, "sku": "SHIRT", "type_id": "configurable"}
        self.answer(
            **{
                "GET /V1/products": listed([row, frame]),
                "PUT /V1/products/{sku}": said({**row, "price": 21}),
                "GET /V1/products/{sku}": said({"message": "The product that was requested doesn't exist."}, 404),
                "POST /V1/products": said({"id": 30, "sku": "NEW/1", "name": "New", "status": 2, "price": 3}),
                "GET /V1/store/storeConfigs": said([CONFIG]),
            }
        )
        (item,) = products.fetch_products(self.reached).items
        self.assertEqual(
            (item.variant_id, item.stock_id, item.barcode, item.currency), ("21", "MUG", "4006381333931", "EUR")
        )
        change = records.ItemChange(variant_id="21", stock_id="MUG", name="Mug", description="d", price=Decimal(21))
        (result,) = products.change_products(self.reached, [change])
        self.assertEqual((result.problem, result.price), ("", 21))
        self.assertTrue(self.sent("/MUG").url.startswith("https://shop.example/rest/all/V1/"))
        new = products.make_product(self.reached, records.ItemChange(sku="NEW/1", name="New", price=Decimal(3)))
        self.assertEqual((new.variant_id, new.active), ("30", False))
        asked = json.loads(self.sent("/products").body)["product"]
        self.assertEqual((asked["status"], asked["attribute_set_id"]), (2, 4))

    def test_prices_go_in_one_call_and_an_offer_of_ours_ends(self):
        problem = {"message": "Requested product doesn't exist. Row ID: SKU = %SKU", "parameters": ["NO"]}
        ours = {"price": 5, "store_id": 0, "sku": "MUG", "price_from": "2000-01-01 00:00:00"}
        self.answer(
            **{
                "POST /V1/products/base-prices": said([problem]),
                "POST /V1/products/special-price": said([]),
                "POST /V1/products/special-price-information": said(
                    [{**ours, "price_to": "2099-12-31 23:59:59"}, {**ours, "price_to": "2026-08-01 00:00:00"}]
                ),
                "POST /V1/products/special-price-delete": said([]),
            }
        )
        wanted = [
            records.Price(variant_id="21", stock_id="MUG", amount=Decimal("20.00")),
            records.Price(variant_id="13", stock_id="SHIRT-M", amount=Decimal(30), offer=Decimal("25.50")),
            records.Price(variant_id="9", stock_id="NO", amount=Decimal(1)),
        ]
        results = prices.push_prices(self.reached, wanted)
        self.assertEqual([bool(result.problem) for result in results], [False, False, True])
        self.assertEqual(len(json.loads(self.sent("/special-price-delete").body)["prices"]), 1)
        (offer,) = json.loads(self.sent("/special-price").body)["prices"]
        self.assertEqual((offer["price"], offer["price_to"]), (25.5, "2099-12-31 23:59:59"))

    def test_taxes_customers_and_coupons(self):
        place = {"country_id": "DE", "city": "Bonn", "street": ["Hauptstr. 1"], "default_billing": True}
        who = {"id": 7, "email": "e@example.com", "firstname": "Erika", "lastname": "Muster", "addresses": [place]}
        coupon = {"coupon_id": 3, "rule_id": 4, "code": "SUMMER", "times_used": 5, "usage_limit": 5, "is_primary": True}
        self.answer(
            **{
                "GET /V1/taxRates/search": listed([{"code": "DE-*-19", "tax_country_id": "DE", "rate": 19}]),
                "GET /V1/customers/search": listed([who]),
                "GET /V1/coupons/search": listed([coupon]),
                "GET /V1/salesRules/search": listed([RULE]),
            }
        )
        (rate,) = taxes.fetch_taxes(self.reached)
        self.assertEqual((rate.code, rate.rate), ("DE-*-19", 19))
        (customer,) = customers.fetch_customers(self.reached).items
        self.assertEqual(
            (customer.buyer.name, customer.bill_to.city, bool(customer.ship_to)), ("Erika Muster", "Bonn", False)
        )
        (code,) = coupons.fetch_coupons(self.reached).items
        self.assertEqual((code.kind, code.amount, code.active), ("percent", 10, False))

    # ---------------------------------------------------------------- the check
    def test_the_check_names_what_the_integration_may_not_do(self):
        refused = said({"message": "The consumer isn't authorized to access %resources."}, 401)
        self.answer(
            **{
                "GET /V1/store/storeConfigs": said([CONFIG]),
                "GET /V1/store/storeViews": said([VIEW]),
                "GET /V1/taxRates/search": listed([]),
                "GET /V1/products": listed([]),
                "GET /V1/creditmemos": refused,
            }
        )
        found = self.reached.check()
        self.assertEqual((found.currency, found.timezone, found.sites[0].language), ("EUR", "Europe/Berlin", "de-DE"))
        self.assertEqual([place.external_id for place in found.locations], ["default", "west"])
        self.assertEqual(found.missing_scopes, ("Read and make refunds (Sales > Operations > Credit Memos)",))


class OlderVersion(Nouns):
    """The same with the oldest contract that is spoken here."""

    def setUp(self):
        super().setUp()
        self.shop = Shop(VERSIONS[0])
        self.reached = self.shop.connect()


def tax(amount):
    return records.Tax(code="x", amount=Decimal(amount))


if __name__ == "__main__":
    unittest.main()
