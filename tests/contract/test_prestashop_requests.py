"""Every request our PrestaShop nouns make, held to the schema that a real 1.6 gave out, and every recorded error.

`presta_shop.py` refuses whatever that schema does not know: resources, filters, fields shown, read-only or missing
fields of a record. So a noun that gets its answer there has asked something that the real server understands.
"""

import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import urlsplit

from tests.contract import recorded
from tests.contract.prestashop_wire import ERRORS, connect
from tests.sandbox.presta_shop import PrestaShop, filled

from channels import errors, records  # isort: skip
from channels.prestashop import (  # isort: skip
    answers,
    coupons,
    customers,
    orders,
    prices,
    products,
    refunds,
    shipments,
    stock,
    taxes,
)
from channels.transport import Response  # isort: skip

COUNTED = recorded.COUNTED["PrestaShop"]
DAY = datetime(2026, 11, 20, tzinfo=timezone.utc)


def setUpModule():
    recorded.folder("prestashop")


class Nouns(unittest.TestCase):
    def setUp(self):
        self.shop = PrestaShop()
        self.shop.__enter__()
        self.addCleanup(self.shop.__exit__)
        self.reached = connect(self.shop.url)

    def tearDown(self):
        self.assertEqual(self.shop.surprises, [])
        for method, path, _query, _body in self.shop.asked:
            COUNTED[f"requests the schema understands: {method} {path.split('/')[0] or 'index'}"] += 1

    def test_orders_changed_come_page_by_page_and_none_is_skipped(self):
        self.reached.page_size = 2
        found, token = [], ""
        while True:
            page = orders.fetch_orders(self.reached, DAY, DAY + timedelta(days=1), token)
            found += [raw.external_id for raw in page.items]
            token = page.next
            if not token:
                break
        self.assertEqual(list(dict.fromkeys(found)), ["3", "5", "1", "7"])

    def test_an_order_with_a_new_credit_slip_is_listed_although_it_did_not_change(self):
        slip = {"id_order": "5", "amount": "5.00", "date_add": "2026-11-21 10:00:00", "date_upd": "2026-11-21 10:00:00"}
        self.shop.shelves["order_slip"] = {"1": filled("order_slip", "1", slip)}
        (raw,) = orders.fetch_orders(self.reached, DAY + timedelta(days=1)).items
        order = orders.parse_order(raw.body)
        self.assertEqual([(r.external_id, r.amount) for r in order.refunds], [("1", Decimal(5))])

    def test_only_orders_with_something_to_do_are_listed_when_a_shop_goes_live_with_open_ones(self):
        page = orders.fetch_orders(self.reached, None, open_only=True)
        self.assertEqual([raw.external_id for raw in page.items], ["5"])

    def test_an_order_is_found_by_the_name_the_buyer_knows(self):
        self.assertEqual(orders.find_order(self.reached, "#KHWLILZLL").external_id, "5")
        self.assertEqual(orders.find_order(self.reached, "5").external_id, "5")
        self.assertIsNone(orders.find_order(self.reached, "NOSUCHONE"))

    def test_many_orders_are_fetched_by_one_list_and_what_is_not_there_is_gone(self):
        found = orders.fetch_several(self.reached, ("1", "7", "99", "S1"))
        self.assertEqual(
            [found[id].version for id in ("1", "7")],
            [orders.fetch_order(self.reached, id).version for id in ("1", "7")],
        )
        self.assertEqual([type(found[id]) for id in ("99", "S1")], [errors.Gone] * 2)
        lists = [path for _method, path, _query, _body in self.shop.asked if path == "orders"]
        self.assertEqual(len(lists), 1)

    def test_an_order_is_cancelled_once(self):
        wish = records.Cancellation(key="k", order_id="5", notify_buyer=False)
        for _time in range(2):
            self.assertEqual(orders.cancel_order(self.reached, wish), "5")
        written = [asked for asked in self.shop.asked if asked[0] == "POST"]
        self.assertEqual(len(written), 1)
        self.assertEqual(orders.parse_order(orders.fetch_order(self.reached, "5").body).status, "cancelled")
        with self.assertRaises(errors.Rejected):
            line = records.ShipmentLine(line_id="13", quantity=Decimal(0))
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id="5", lines=(line,)))

    def test_two_parcels_are_two_records_and_the_last_one_ships_the_order(self):
        first = records.Shipment(key="a", order_id="5", tracking_number="1Z 001")
        last = records.Shipment(key="b", order_id="5", tracking_number="1Z-002", carrier="2", order_complete=True)
        self.assertIsNone(shipments.find_shipment(self.reached, last))
        told = [shipments.send_shipment(self.reached, parcel) for parcel in (first, last, first, last)]
        self.assertEqual(told[:2], told[2:])
        self.assertNotEqual(*told[:2])
        self.assertEqual(shipments.find_shipment(self.reached, last), told[1])
        order = orders.parse_order(orders.fetch_order(self.reached, "5").body)
        self.assertEqual((order.fulfilment, order.payment), ("fulfilled", "paid"))
        self.assertEqual([p.tracking_number for p in order.shipments], ["1Z 001", "1Z-002"])
        self.assertEqual(sum(asked[0] == "POST" for asked in self.shop.asked), 3)

    def test_a_carrier_is_found_by_its_name_in_the_shop(self):
        parcel = records.Shipment(
            key="a", order_id="5", tracking_number="1Z", carrier="dhl_express", carrier_name="DHL"
        )
        id = shipments.send_shipment(self.reached, parcel)
        self.assertEqual(self.shop.shelves["order_carriers"][id].findtext("id_carrier"), "5")
        other = records.Shipment(key="b", order_id="5", tracking_number="2Z", carrier_name="Post [AT]")
        id = shipments.send_shipment(self.reached, other)
        self.assertEqual(self.shop.shelves["order_carriers"][id].findtext("id_carrier"), "2")

    def test_the_number_of_a_parcel_is_corrected(self):
        parcel = records.Shipment(key="a", order_id="7", tracking_number="WRONG", order_complete=False)
        self.shop.shelves["orders"]["7"].find("current_state").text = "2"
        id = shipments.send_shipment(self.reached, parcel)
        right = records.Shipment(key="a", order_id="7", external_id=id, tracking_number="RIGHT")
        self.assertEqual(shipments.send_shipment(self.reached, right), id)
        self.assertEqual(self.shop.shelves["order_carriers"][id].findtext("tracking_number"), "RIGHT")

    def test_an_order_that_is_over_cannot_be_shipped(self):
        with self.assertRaises(errors.Rejected):
            shipments.send_shipment(self.reached, records.Shipment(key="a", order_id="1", tracking_number="1"))

    def test_stock_is_written_whole_and_only_where_it_differs(self):
        levels = [records.StockLevel(variant_id=v, quantity=q) for v, q in (("8", 12), ("1/1", 299), ("99", 1))]
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([r.outcome for r in results], ["applied", "applied", "rejected"])
        self.assertEqual([asked[1] for asked in self.shop.asked if asked[0] == "PUT"], ["stock_availables/53"])
        self.assertEqual(stock.read_stock(self.reached, levels), {("8", ""): 12, ("1/1", ""): 299})

    def test_a_price_of_a_combination_is_what_it_costs_more(self):
        more = {"id_product": "1", "price": "2.000000", "minimal_quantity": "1", "reference": "demo_1_S"}
        self.shop.shelves["products"]["1"].find("price").text = "16.510000"
        self.shop.shelves["combinations"] = {"1": filled("combinations", "1", more)}
        (result,) = prices.push_prices(self.reached, [records.Price(variant_id="1/1", amount=Decimal("20"))])
        self.assertEqual((result.problem, result.price), ("", Decimal("20.000000")))
        self.assertEqual(self.shop.shelves["combinations"]["1"].findtext("price"), "3.490000")
        (result,) = prices.push_prices(self.reached, [records.Price(variant_id="1", amount=Decimal("17"))])
        self.assertEqual((result.problem, result.price), ("", Decimal("17")))

    def test_products_and_combinations_are_read_and_changed(self):
        more = {"id_product": "1", "price": "2.000000", "minimal_quantity": "1", "reference": "demo_1_S"}
        self.shop.shelves["combinations"] = {"1": filled("combinations", "1", more)}
        (item,) = products.fetch_products(self.reached).items
        self.assertEqual((item.variant_id, item.sku, item.price), ("1/1", "demo_1_S", Decimal("18.510000")))
        change = records.ItemChange(variant_id="1", name="T-shirt", sku="T", active=False)
        self.assertEqual([r.problem for r in products.change_products(self.reached, [change])], [""])
        row = self.shop.shelves["products"]["1"]
        self.assertEqual((row.findtext("name/language"), row.findtext("active")), ("T-shirt", "0"))

    def test_registered_customers_come_with_their_address_and_without_their_password(self):
        self.shop.shelves["addresses"]["5"].find("id_customer").text = "2"
        for row in self.shop.shelves["customers"].values():
            row.find("deleted").text = "0"
        self.reached.page_size = 1
        first = customers.fetch_customers(self.reached)
        (second,) = customers.fetch_customers(self.reached, first.next).items
        self.assertEqual([first.items[0].buyer.external_id, second.buyer.external_id], ["1", "2"])
        self.assertEqual((second.buyer.email, second.bill_to.country), ("buyer1@example.com", "BE"))
        self.assertNotIn("passwd", str([query for _method, _path, query, _body in self.shop.asked]))

    def test_vouchers_with_a_code_are_read_as_what_they_are_worth(self):
        rules = {
            "1": {"code": "TEN", "reduction_percent": "10.00", "active": "1", "quantity": "5"},
            "2": {"code": "", "reduction_percent": "5.00", "active": "1", "quantity": "5"},
            "3": {"code": "FIVE", "reduction_amount": "5.00", "active": "1", "quantity": "0"},
            "4": {"code": "FREE", "free_shipping": "1", "active": "1", "quantity": "1"},
        }
        self.shop.shelves["cart_rules"] = {id: filled("cart_rules", id, row) for id, row in rules.items()}
        found = [(c.code, c.kind, c.amount, c.active) for c in coupons.fetch_coupons(self.reached).items]
        wanted = [("TEN", "percent", Decimal(10), True), ("FIVE", "order", Decimal(5), False)]
        self.assertEqual(found, [*wanted, ("FREE", "shipping", Decimal(0), True)])

    def test_taxes_and_refunds_are_asked_for_as_the_schema_says(self):
        self.shop.shelves["taxes"] = {"1": filled("taxes", "1", {"rate": "21.000", "name": "BTW 21%"})}
        self.assertEqual([(t.code, t.rate) for t in taxes.fetch_taxes(self.reached)], [("1", Decimal("21.000"))])
        line = records.RefundLine(external_id="", line_id="14", quantity=Decimal(1), amount=Decimal("27.00"))
        refund = records.Refund(external_id="", order_id="5", amount=Decimal("27.00"), lines=(line,))
        self.assertIsNone(refunds.find_refund(self.reached, refund))
        id = refunds.send_refund(self.reached, refund)
        self.assertEqual(refunds.find_refund(self.reached, refund), id)
        (raw,) = refunds.fetch_order_refunds(self.reached, "5")
        read = refunds.parse_refund(raw.body)
        self.assertEqual((read.amount, read.order_id), (Decimal("27.00"), "5"))
        self.assertEqual([(held.line_id, held.quantity) for held in read.lines], [("14", Decimal(1))])
        refunds.fetch_refunds(self.reached, DAY)
        with self.assertRaises(errors.Rejected):
            refunds.send_refund(self.reached, records.Refund(external_id="", order_id="5", pays=True))


class RecordedErrors(unittest.TestCase):
    def test_every_recorded_error_says_what_to_do_next(self):
        seen = set()
        for exchange in recorded.exchanges("prestashop"):
            response = Response(status=exchange.response["status"], headers={}, body=exchange.answer)
            writes = exchange.request["method"] not in ("GET", "HEAD")
            if response.status < 400:
                answers.raise_for_problem(response, what="x", writes=writes)
                continue
            seen.add(exchange.file)
            with self.subTest(file=exchange.file), self.assertRaises(errors.ChannelError) as caught:
                answers.raise_for_problem(response, what="x", writes=writes)
            self.assertIs(type(caught.exception), ERRORS[exchange.file])
            self.assertNotIn(urlsplit(exchange.request["url"]).netloc, str(caught.exception))
            COUNTED["errors mapped"] += 1
        self.assertEqual(seen, set(ERRORS))


if __name__ == "__main__":
    unittest.main()
