"""Every request our Amazon nouns make, over real HTTP, held to Amazon's own models; and Amazon's own sandbox orders."""

import gzip
import json
import sys
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from tests.contract import recorded
from tests.sandbox import amazon_shop
from tests.sandbox.amazon_shop import BR, CREDENTIALS, JP, UK, US, AmazonShop, sandbox

from channels import errors, records  # isort: skip
from channels.amazon import (  # isort: skip
    answers,
    client,
    documents,
    orders,
    prices,
    products,
    settlements,
    shipments,
    stock,
)
from channels.transport import Response  # isort: skip

COUNTED = recorded.COUNTED["Amazon"]
DAY = datetime(2024, 12, 20, tzinfo=timezone.utc)


def setUpModule():
    recorded.folder("amazon")


class Nouns(unittest.TestCase):
    def setUp(self):
        self.shop = AmazonShop()
        self.shop.__enter__()
        self.addCleanup(self.shop.__exit__)
        self.reached = self.connect(marketplaces=f"{BR}, {UK};{US},{JP}")

    def connect(self, **credentials):
        return client.connect({"region": self.shop.url, **CREDENTIALS, **credentials})

    def tearDown(self):
        self.assertEqual(self.shop.surprises, [])
        for method, template in self.shop.asked:
            COUNTED[f"requests the models understand: {method} {template}"] += 1

    def test_the_account_says_where_it_sells(self):
        shop = self.connect().check()
        self.assertEqual([site.external_id for site in shop.sites], [US, BR, UK, JP])
        self.assertEqual((shop.currency, shop.missing_scopes), ("USD", ()))
        with self.assertRaisesRegex(errors.Refused, "does not sell on A1PA6795UKMFR9"):
            self.connect(marketplaces="A1PA6795UKMFR9").check()

    def test_a_dry_run_says_whether_listings_may_be_changed_and_changes_none(self):
        before = json.dumps(self.shop.listings)
        self.assertEqual(self.connect().check().missing_scopes, ())
        self.shop.refused["A/B & C"] = "Brand is missing"
        (said,) = self.connect().check().missing_scopes
        self.assertEqual(said, "Change listings (a trial with A/B & C: Brand is missing)")
        self.assertEqual(json.dumps(self.shop.listings), before)

    def test_an_access_that_ran_out_is_renewed_and_a_wrong_one_refused(self):
        self.shop.calls_a_token = 2
        for _time in range(5):
            orders.fetch_order(self.reached, "114-9876543-1234567")
        with self.assertRaisesRegex(errors.Refused, "Authorize the application again") as caught:
            orders.fetch_order(self.connect(refresh_token="Atzr|other"), "114-9876543-1234567")
        self.assertNotIn("Atzr", str(caught.exception))

    def test_who_comes_too_often_waits_as_long_as_the_answer_says(self):
        self.shop.throttled = 1
        with self.assertRaises(errors.Busy) as caught:
            orders.fetch_orders(self.reached, DAY)
        self.assertEqual(round(caught.exception.retry_after), 179)

    def test_orders_changed_come_page_by_page(self):
        self.reached.page_size = 2
        found, token = [], ""
        while True:
            page = orders.fetch_orders(self.reached, DAY, token=token)
            found += [raw.external_id for raw in page.items]
            token = page.next
            if not token:
                break
        self.assertEqual(len(found), len(set(found)))
        wanted = {BR, US, UK, JP}
        held = {n for n, row in amazon_shop.orders().items() if row["salesChannel"]["marketplaceId"] in wanted}
        self.assertEqual(set(found), held)

    def test_an_order_is_found_by_its_number_only(self):
        self.assertEqual(orders.find_order(self.reached, " 114-9876543-1234567 ").external_id, "114-9876543-1234567")
        self.assertIsNone(orders.find_order(self.reached, "114-0000000-0000000"))
        self.assertIsNone(orders.find_order(self.reached, "S00042"))

    def test_two_packages_of_an_order_and_one_corrected(self):
        number = "114-9876543-1234567"
        self.shop.orders[number]["orderItems"][0]["quantityOrdered"] = 2
        line = records.ShipmentLine(line_id="11498765431234", quantity=Decimal(1))
        first = records.Shipment(key="a", order_id=number, lines=(line,), carrier="ups", tracking_number="1Z1")
        other = records.Shipment(key="b", order_id=number, lines=(line,), carrier_name="Bike", tracking_number="B2")
        self.assertIsNone(shipments.find_shipment(self.reached, first))
        told = [shipments.send_shipment(self.reached, parcel) for parcel in (first, first)]
        self.assertEqual(told[0], told[1])
        self.assertEqual(shipments.find_shipment(self.reached, first), told[0])
        order = orders.parse_order(orders.fetch_order(self.reached, number).body)
        self.assertEqual((order.fulfilment, [p.carrier for p in order.shipments]), ("partial", ["UPS"]))
        shipments.send_shipment(self.reached, other)
        corrected = records.Shipment(key="a", order_id=number, external_id=told[0], tracking_number="1Z9")
        self.assertEqual(shipments.send_shipment(self.reached, corrected), told[0])
        order = orders.parse_order(orders.fetch_order(self.reached, number).body)
        self.assertEqual({p.tracking_number for p in order.shipments}, {"1Z9", "B2"})
        self.assertEqual(order.fulfilment, "fulfilled")

    def test_what_amazon_ships_and_what_has_no_number_is_not_told(self):
        line = records.ShipmentLine(line_id="25012345678901", quantity=Decimal(1))
        for parcel in (
            records.Shipment(key="a", order_id="250-1234567-8901234", lines=(line,), tracking_number="1"),
            records.Shipment(key="a", order_id="114-9876543-1234567", lines=(line,)),
            records.Shipment(key="a", order_id="114-9876543-1234567", tracking_number="1"),
        ):
            with self.assertRaises(errors.Rejected):
                shipments.send_shipment(self.reached, parcel)

    def test_stock_is_merged_into_each_listing_and_read_twenty_at_a_time(self):
        wanted = (("MUG-300", 7), ("A/B & C", 0), ("NO", 1))
        levels = [records.StockLevel(variant_id=sku, quantity=quantity) for sku, quantity in wanted]
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([r.outcome for r in results], ["applied", "applied", "rejected"])
        self.assertIn("does not exist", results[2].problem)
        levels.append(records.StockLevel(variant_id="IN-FBA", quantity=0))
        self.assertEqual(stock.read_stock(self.reached, levels), {("MUG-300", ""): 7, ("A/B & C", ""): 0})

    def test_listings_are_read_and_what_lies_in_amazons_warehouses_is_not_counted(self):
        page = products.fetch_products(self.reached)
        tracked = {item.sku: item.stock_tracked for item in page.items}
        self.assertEqual(tracked, {"A/B & C": True, "IN-FBA": False, "MUG-300": True, "TOWEL-01": True})
        self.assertTrue(all(item.active and item.name and item.product_id for item in page.items))

    def test_a_price_is_what_buyers_pay_and_comes_back_with_the_listing(self):
        asked = [
            records.Price(variant_id="MUG-300", amount=Decimal("12.90")),
            records.Price(variant_id="TOWEL-01", amount=Decimal("20.00"), offer=Decimal("15.05")),
            records.Price(variant_id="NO", amount=Decimal(1)),
        ]
        results = prices.push_prices(self.connect(marketplaces=UK), asked)
        self.assertEqual([r.price for r in results], [Decimal("12.90"), Decimal("15.05"), None])
        self.assertIn("does not exist", results[2].problem)
        shown = {item.sku: (item.price, item.currency) for item in products.fetch_products(self.reached).items}
        self.assertEqual(shown["MUG-300"], (Decimal("12.90"), "GBP"))
        self.assertEqual(shown["TOWEL-01"], (Decimal("15.05"), "GBP"))

    def test_what_lies_at_amazon_is_read_page_by_page_with_what_is_on_the_way(self):
        self.shop.keep("A", 5, reserved=2)
        self.shop.keep("B", 0, shipped=3, receiving=4, announced=99)
        self.shop.keep("C", 1)
        first = stock.fetch_kept(self.reached)
        rest = stock.fetch_kept(self.reached, first.next)
        found = [(item.variant_id, item.quantity, item.coming) for item in (*first.items, *rest.items)]
        self.assertEqual((found, rest.next), ([("A", 7, 0), ("B", 0, 7), ("C", 1, 0)], ""))
        self.assertEqual(stock.fetch_kept(self.reached, "late").items, first.items)

    def test_settlement_reports_come_unpacked_page_by_page(self):
        kind, made = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2", datetime.now(timezone.utc) - timedelta(days=3)
        for number in range(12):
            when = (made + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            self.shop.reports[f"r{number:02}"] = (kind, when, f"settlement-id\t{number}".encode())
        self.shop.reports["other"] = ("GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE", when, b"x")
        first = settlements.fetch_settlements(self.reached, made - timedelta(days=400))
        rest = settlements.fetch_settlements(self.reached, made, token=first.next)
        found = [*first.items, *rest.items]
        self.assertEqual([raw.external_id for raw in found], [f"r{number:02}" for number in range(12)])
        self.assertEqual(found[11].body, b"settlement-id\t11")
        self.assertEqual((len(first.items), rest.next), (10, ""))
        since = found[11].updated_at
        self.assertEqual(len(settlements.fetch_settlements(self.reached, since).items), 1)
        self.assertEqual(settlements.fetch_settlements(self.reached, made, made - timedelta(days=1)).items, ())

    def test_a_damaged_report_and_an_address_that_is_not_amazons_are_refused(self):
        packed = gzip.compress(b"x" * 1000)
        for body in (packed[:20], b"plain", packed[:-4]):
            with self.assertRaises(errors.Unreadable):
                documents.unpacked(body)
        for address in ("https://example.com/report", "http://169.254.169.254/", "file:///etc/passwd", ""):
            with self.assertRaises(errors.Unreadable):
                self.reached.download(address, what="Downloading a report")


class SandboxOrders(unittest.TestCase):
    """Amazon's own example orders, to the cent."""

    def test_every_order_adds_up(self):
        for number, row in amazon_shop.orders().items():
            with self.subTest(number=number):
                order = orders.parse_order(json.dumps(row).encode())
                stated = row["proceeds"]["grandTotal"]
                self.assertEqual((str(order.total), order.currency), (stated["amount"], stated["currencyCode"]))
                self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
                amazons = row["fulfillment"]["fulfilledBy"] == "AMAZON"
                self.assertEqual(order.fulfilment == "elsewhere", amazons)
                COUNTED["sandbox orders parsed, total exact"] += 1
        self.assertEqual(COUNTED["sandbox orders parsed, total exact"], 6)

    def test_every_error_of_the_sandbox_says_what_to_do_next(self):
        for name in ("orders_2026-01-01", "ordersV0", "listingsItems_2021-08-01"):
            for pair in sandbox(name):
                if pair["status"] == "400" and pair.get("response"):
                    body = json.dumps(pair["response"]).encode()
                    with self.assertRaises(errors.Rejected):
                        answers.raise_for_problem(Response(status=400, headers={}, body=body), what="x", writes=True)
                    COUNTED["sandbox errors mapped"] += 1
        self.assertGreater(COUNTED["sandbox errors mapped"], 5)


if __name__ == "__main__":
    unittest.main()
