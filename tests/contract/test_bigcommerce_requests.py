"""Every request our BigCommerce nouns make, held to BigCommerce's own contracts; so are the answers that tests give."""

import json
import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from tests.contract import recorded
from tests.contract.bigcommerce_wire import SAMPLE, Store, data
from tests.contract.openapi import said

from channels import errors, records  # isort: skip
from channels.bigcommerce import customers, orders, prices, products, refunds, shipments, stock  # isort: skip
from channels.bigcommerce import subscriptions, webhook  # isort: skip

COUNTED = recorded.COUNTED["BigCommerce"]
DAY = datetime(2026, 6, 30, tzinfo=timezone.utc)
MUG = records.ShipmentLine(line_id="101", quantity=Decimal(1))
STORE = {
    **{"id": "s1", "name": "Mugs", "currency": "EUR", "secure_url": "https://mugs.example", "language": "de"},
    **{"timezone": {"name": "Europe/Berlin"}, "plan_name": "Plus", "default_channel_id": 1},
}
PRODUCT = {
    **{"id": 20, "name": "Mug", "type": "physical", "price": 20, "is_visible": True, "inventory_tracking": "variant"},
    "variants": [
        {"id": 21, "product_id": 20, "sku": "MUG-RED", "price": None, "option_values": [{"label": "Red"}]},
        {"id": 24, "product_id": 20, "sku": "MUG-BLUE", "price": 22, "option_values": [{"label": "Blue"}]},
    ],
}


class Nouns(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.store = Store()
        self.reached = self.store.connect()

    def tearDown(self):
        for name in self.store.wire.asked:
            COUNTED[f"requests the contracts understand: {name}"] += 1
        super().tearDown()

    def answer(self, answers):
        self.store.wire.answers.update(answers)

    def sent(self, tail, method="PUT"):
        return next(r for r in reversed(self.store.wire.requests) if r.url.endswith(tail) and r.method == method)

    # ------------------------------------------------------------------- orders
    def test_an_order_comes_with_all_that_hangs_on_it(self):
        (raw,) = orders.fetch_orders(self.reached, DAY, open_only=True).items
        order, sample = orders.parse_order(raw.body), orders.parse_order(SAMPLE.read_bytes())
        self.assertEqual(replace(order, version=""), replace(sample, version="", refunds=order.refunds))
        self.assertEqual(set(json.loads(raw.body)["ecom"]), {"taxes", "shipments", "refunds", "coupons"})
        self.assertEqual((order.version, order.external_id), (raw.version, "250"))
        self.assertEqual(orders.find_order(self.reached, "#250").version, raw.version)
        self.assertIsNone(orders.find_order(self.reached, "S00042"))

    def test_the_next_page_begins_where_this_one_ended(self):
        moved = {
            **self.store.order,
            "total_tax": "0",
            "items_shipped": 0,
            "refunded_amount": "0",
            "coupon_discount": "0",
        }
        rows = [{**moved, "id": n, "date_modified": f"Wed, 01 Jul 2026 09:00:0{n} +0000"} for n in (1, 2)]
        self.answer({"GET /orders": said(rows)})
        self.reached.page_size = 2
        page = orders.fetch_orders(self.reached, DAY)
        self.assertEqual(page.next, "2026-07-01T09:00:02Z|1")
        following = orders.fetch_orders(self.reached, DAY, token=page.next)
        self.assertEqual(self.store.wire.requests[-1].params["min_date_modified"], "2026-07-01T09:00:02Z")
        self.assertEqual(following.next, "2026-07-01T09:00:02Z|2")
        self.answer({"GET /orders": said([])})
        self.assertEqual(orders.fetch_orders(self.reached, DAY), records.Page())

    def test_an_order_is_cancelled_whole(self):
        self.assertEqual(orders.cancel_order(self.reached, records.Cancellation(key="k", order_id="250")), "250")
        self.assertEqual(self.store.order["status_id"], 5)
        with self.assertRaisesRegex(errors.Rejected, "whole orders"):
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id="250", lines=(MUG,)))

    # ---------------------------------------------------------------- shipments
    def test_two_parcels_each_once_and_one_corrected(self):
        first = records.Shipment(key="a", order_id="250", lines=(MUG,), carrier="UPS", tracking_number="T2")
        told = [shipments.send_shipment(self.reached, first) for _time in range(2)]
        self.assertEqual(told[0], told[1])
        other = replace(first, key="b", carrier="", carrier_name="Bike & Co", tracking_number="T3")
        self.assertIsNone(shipments.find_shipment(self.reached, other))
        number = shipments.send_shipment(self.reached, other)
        shown = [(row["shipping_provider"], row["tracking_carrier"]) for row in self.store.shipments[1:]]
        self.assertEqual(shown, [("ups", ""), ("", "Bike & Co")])
        corrected = replace(other, external_id=number, tracking_number="T4")
        self.assertEqual(shipments.send_shipment(self.reached, corrected), number)
        self.assertEqual(shipments.find_shipment(self.reached, corrected), number)
        order = orders.parse_order(orders.fetch_order(self.reached, "250").body)
        self.assertEqual([parcel.key for parcel in order.shipments], ["parcel-1", "a", "b"])

    def test_a_parcel_for_two_addresses_is_said_so(self):
        self.store.order["consignments"]["shipping"][0]["line_items"][1]["order_address_id"] = 32
        both = (MUG, records.ShipmentLine(line_id="102", quantity=Decimal(1)))
        self.answer(
            {"GET /orders/{order_id}/products": said(self.store.order["consignments"]["shipping"][0]["line_items"])}
        )
        with self.assertRaisesRegex(errors.Rejected, "2 addresses"):
            shipments.send_shipment(self.reached, records.Shipment(key="a", order_id="250", lines=both))

    # ------------------------------------------------------------------- refunds
    def test_a_refund_is_quoted_first_and_moves_money_only_where_it_says_so(self):
        line = records.RefundLine(external_id="1", line_id="101", quantity=Decimal(1), amount=Decimal("18.00"))
        refund = records.Refund(external_id="", order_id="250", key="k-1", amount=Decimal("21.42"), lines=(line,))
        self.assertIsNone(refunds.find_refund(self.reached, refund))
        number = refunds.send_refund(self.reached, refund)
        self.assertEqual(refunds.find_refund(self.reached, refund), number)
        made = self.store.refunds[-1]
        self.assertEqual((made["items"][0]["item_type"], made["payments"][0]["offline"]), ("PRODUCT", True))
        paying = replace(refund, key="k-2", amount=Decimal("20.00"), pays=True)
        refunds.send_refund(self.reached, paying)
        made = self.store.refunds[-1]
        self.assertEqual((made["items"][0]["item_type"], made["payments"][0]["provider_id"]), ("ORDER", "stripe"))
        self.assertEqual(made["total_amount"], 20.0)
        raws = refunds.fetch_refunds(self.reached, DAY).items
        held = [refunds.parse_refund(raw.body) for raw in raws]
        self.assertEqual([(h.key, h.amount) for h in held[1:]], [("k-1", Decimal("21.42")), ("k-2", Decimal("20.0"))])
        self.assertEqual(len(refunds.fetch_order_refunds(self.reached, "250")), 3)

    # --------------------------------------------------------------------- stock
    def test_stock_goes_in_one_call_and_one_bad_row_stops_no_other(self):
        levels = [records.StockLevel(variant_id=str(id), location_id="1", quantity=id) for id in range(1, 9)]
        stock.push_stock(self.reached, levels)
        self.assertEqual(len(self.store.wire.requests), 1)
        levels[5] = records.StockLevel(variant_id="404", quantity=3)
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([result.outcome for result in results].index("rejected"), 5)
        self.assertEqual(sum(result.outcome == "applied" for result in results), 7)
        self.assertIn("404 does not exist", results[5].problem)
        held = stock.read_stock(self.reached, levels)
        self.assertEqual(held, {(str(id), "1"): id for id in range(1, 9) if id != 6})

    # ------------------------------------------------------------ catalogue, prices
    def test_variants_are_read_each_with_its_own_price(self):
        self.answer({"GET /catalog/products": data([PRODUCT]), "GET /store": said(STORE)})
        items = products.fetch_products(self.reached).items
        told = [(item.variant_id, item.name, item.price, item.stock_id) for item in items]
        self.assertEqual(told, [("21", "Mug - Red", 20, "20/21"), ("24", "Mug - Blue", 22, "20/24")])

    def test_names_are_written_for_base_variants_only_and_a_bad_row_stops_no_other(self):
        def change(request, _operation):
            rows = json.loads(request.body)
            if any(row.get("upc") == "bad" for row in rows):
                return said({"batch_errors": [{"status": 422, "title": "Wrong UPC"}]}, 422)
            return data(rows)

        def change_products(request, _operation):
            return data([{**PRODUCT, **row} for row in json.loads(request.body)])

        self.answer({"PUT /catalog/variants": change, "PUT /catalog/products": change_products})
        changes = [
            records.ItemChange(variant_id="31", stock_id="30", name="Towel", price=Decimal(5), active=True),
            records.ItemChange(variant_id="21", stock_id="20/21", name="Mug - Red", barcode="bad"),
        ]
        results = products.change_products(self.reached, changes)
        self.assertEqual([bool(result.problem) for result in results], [False, True])
        (row,) = json.loads(self.sent("/catalog/products").body)
        self.assertEqual(row, {"id": 30, "name": "Towel", "is_visible": True})

    def test_a_product_is_made_once(self):
        made = []

        def listed(*_asked):
            return data([{**PRODUCT, "sku": "NEW", "base_variant_id": 41, "variants": [{"id": 41}]}] if made else [])

        def make(request, _operation):
            made.append(json.loads(request.body))
            return data({**PRODUCT, "id": 40})

        self.answer({"GET /catalog/products": listed, "POST /catalog/products": make, "GET /store": said(STORE)})
        change = records.ItemChange(sku="NEW", name="Towel", price=Decimal("5.50"), options=(("Size", "L"),))
        numbers = [products.make_product(self.reached, change).variant_id for _time in range(2)]
        self.assertEqual((numbers, len(made)), (["41", "41"], 1))
        self.assertEqual((made[0]["name"], made[0]["is_visible"]), ("Towel (L)", False))

    def test_prices_with_and_without_an_offer(self):
        def change(request, _operation):
            return data([{**row, "product_id": 20} for row in json.loads(request.body)])

        self.answer({"PUT /catalog/variants": change})
        wanted = [
            records.Price(variant_id="21", amount=Decimal("20.50")),
            records.Price(variant_id="24", amount=Decimal(22), offer=Decimal("19.99")),
        ]
        results = prices.push_prices(self.reached, wanted)
        self.assertEqual([(r.problem, r.price) for r in results], [("", Decimal("20.5")), ("", 22)])
        rows = json.loads(self.sent("/catalog/variants").body)
        self.assertEqual([row["sale_price"] for row in rows], [0, 19.99])

    def test_customers_with_their_addresses(self):
        place = {"first_name": "Erika", "last_name": "Muster", "address1": "Hauptstr. 1", "city": "Bonn"}
        place |= {
            "id": 1,
            "address2": "",
            "company": "",
            "phone": "",
            "customer_id": 7,
            "country_code": "DE",
            "postal_code": "53111",
            "state_or_province": "NRW",
        }
        who = {"id": 7, "email": "e@example.com", "first_name": "Erika", "last_name": "Muster", "addresses": [place]}
        self.answer({"GET /customers": data([who])})
        (customer,) = customers.fetch_customers(self.reached).items
        self.assertEqual((customer.buyer.name, customer.ship_to.city), ("Erika Muster", "Bonn"))

    # -------------------------------------------------------- webhooks, the check
    def test_webhooks_are_made_once_and_woken(self):
        url, hooks = "https://erp.example/ecom/webhook/k", []

        def made(request, _operation):
            hooks.append({"id": len(hooks) + 1, **json.loads(request.body)})
            return data(hooks[-1])

        def changed(request, operation):
            (row,) = [hook for hook in hooks if str(hook["id"]) == operation.values[0]]
            row |= json.loads(request.body)
            return data(row)

        self.answer({"GET /hooks": lambda *_: data(hooks), "POST /hooks": made, "PUT /hooks/{webhook_id}": changed})
        states = {found.state for found in subscriptions.arm_subscriptions(self.reached, url, "s")}
        self.assertEqual((states, len(hooks)), ({"made"}, len(subscriptions.SCOPES)))
        hooks[0]["is_active"] = False
        states = [found.state for found in subscriptions.arm_subscriptions(self.reached, url, "s")]
        self.assertEqual(states, ["woken", "kept", "kept", "kept"])
        self.assertTrue(hooks[0]["is_active"])

    def test_the_vendors_own_deliveries_are_understood(self):
        folder = recorded.folder("bigcommerce") / "webhooks"
        topics = {}
        for path in sorted(folder.glob("*.json")):
            event = webhook.read_event({}, path.read_bytes())
            topics.setdefault(event.topic, set()).add(path.stem)
            COUNTED["the vendor's own deliveries understood"] += 1
        self.assertLessEqual({"store_order_statusUpdated", "store_shipment_deleted"}, topics["orders"])
        self.assertIn("store_product_updated", topics["products"])
        self.assertIn("store_sku_inventory_order_updated", topics["stock"])

    def test_the_check_names_the_scopes_that_are_missing(self):
        refused = said({"status": 403, "title": "You don't have a required scope to access the endpoint"}, 403)
        place = {"id": 1, "code": "BC-LOCATION-1", "label": "Default", "enabled": True, "address": {}}
        self.answer(
            {
                "GET /store": said(STORE),
                "GET /channels": data([{"id": 1, "name": "Mugs"}]),
                "GET /inventory/locations": data([place]),
                "GET /catalog/products": data([]),
                "GET /customers": refused,
                "GET /hooks": data([]),
                "GET /inventory/items": data([]),
            }
        )
        # Refusals are nothing that contracts describe.
        self.store.wire.free[("GET", "/v3/customers")] = refused
        shop = self.reached.check()
        self.assertEqual((shop.name, shop.currency, shop.timezone), ("Mugs", "EUR", "Europe/Berlin"))
        self.assertEqual([place.name for place in shop.locations], ["Default"])
        self.assertEqual(shop.missing_scopes, ("Customers",))


if __name__ == "__main__":
    unittest.main()
