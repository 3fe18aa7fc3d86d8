"""Every request our Walmart nouns make, held to Walmart's own contracts; so are the answers that the tests give."""

import json
import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from tests.contract import recorded
from tests.contract.openapi import said
from tests.contract.walmart_wire import Account

from channels import errors, records  # isort: skip
from channels.walmart import orders, prices, products, refunds, returns, settlements, shipments, stock  # isort: skip
from channels.walmart import subscriptions  # isort: skip
from channels.transport import Response  # isort: skip

COUNTED = recorded.COUNTED["Walmart"]
NUMBER = "1796277083022"
DAY = datetime(2026, 6, 30, tzinfo=timezone.utc)
MUG = records.ShipmentLine(line_id="1", quantity=Decimal(1))
TOWEL = records.ShipmentLine(line_id="2", quantity=Decimal(1))


class Nouns(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.account = Account()
        self.reached = self.account.connect()

    def tearDown(self):
        for name in self.account.wire.asked:
            COUNTED[f"requests the contracts understand: {name}"] += 1
        super().tearDown()

    def answer(self, answers):
        self.account.wire.answers.update(answers)

    def sent(self, tail):
        return next(r for r in reversed(self.account.wire.requests) if r.url.endswith(tail) and r.method != "GET")

    def read_order(self):
        return orders.parse_order(orders.fetch_order(self.reached, NUMBER).body)

    # ------------------------------------------------------------------- orders
    def test_what_we_ship_comes_first_then_what_walmart_ships_every_page_of_both(self):
        cursor = "?limit=1&hasMoreElements=true&poIndex=1"
        pages = iter([self.account.listed([self.account.order], cursor), *[self.account.listed([])] * 2])
        self.answer({"GET /v3/orders": lambda *_asked: next(pages)})
        found, token, asked = [], "", 0
        while True:
            page = orders.fetch_orders(self.reached, DAY, token=token, open_only=True)
            found, token, asked = [*found, *page.items], page.next, asked + 1
            if not token:
                break
        self.assertEqual((len(found), asked), (1, 3))
        self.assertEqual(found[0].version, orders.parse_order(found[0].body).version)
        urls = [request.url.rpartition("/v3/orders")[2] for request in self.account.wire.requests[1:]]
        self.assertEqual(urls, ["", cursor, ""])
        nodes = [request.params.get("shipNodeType") for request in self.account.wire.requests[1:]]
        self.assertEqual(nodes, ["SellerFulfilled", None, "WFSFulfilled"])

    def test_no_order_of_a_time_is_no_error(self):
        answer = {"errors": {"error": [{"code": "CONTENT_NOT_FOUND.GMP_ORDER_API", "description": "No orders"}]}}
        self.account.wire.free[("GET", "/v3/orders")] = said(answer, 404)
        page = orders.fetch_orders(self.reached, DAY)
        self.assertEqual((page.items, page.next), ((), "WFSFulfilled|"))
        self.assertEqual(orders.fetch_orders(self.reached, DAY, token=page.next), records.Page())
        self.assertIsNone(orders.find_order(self.reached, "1"))

    def test_an_order_is_acknowledged_in_time(self):
        self.assertIsNotNone(self.read_order().acknowledge_by)
        orders.acknowledge_order(self.reached, NUMBER)
        self.assertIsNone(self.read_order().acknowledge_by)
        self.assertEqual(orders.find_order(self.reached, "5281956426648").external_id, NUMBER)

    def test_lines_are_cancelled_once_and_the_buyers_wish_is_the_reason(self):
        self.account.acknowledge()
        less = records.Cancellation(
            key="k", order_id=NUMBER, lines=(records.ShipmentLine(line_id="1", quantity=Decimal(1)),)
        )
        for _time in range(2):
            orders.cancel_order(self.reached, less)
        self.assertEqual([line.quantity for line in self.read_order().lines if line.kind == "product"], [1, 1])
        orders.cancel_order(self.reached, records.Cancellation(key="k", order_id=NUMBER))
        (line,) = json.loads(self.sent("/cancel").body)["orderCancellation"]["orderLines"]["orderLine"]
        (status,) = line["orderLineStatuses"]["orderLineStatus"]
        self.assertEqual(
            (line["lineNumber"], status["cancellationReason"]), ("2", "CUSTOMER_REQUESTED_SELLER_TO_CANCEL")
        )

    # ---------------------------------------------------------------- shipments
    def test_two_parcels_each_once_after_the_order_was_acknowledged_and_one_corrected(self):
        first = records.Shipment(key="a", order_id=NUMBER, lines=(MUG,), carrier="UPS", tracking_number="1Z2")
        for _time in range(2):
            self.assertEqual(shipments.send_shipment(self.reached, first), "1Z2")
        self.assertEqual(self.account.acknowledged, 1)
        other = replace(first, key="b", lines=(TOWEL,), carrier="", carrier_name="Bike & Co", tracking_number="B2")
        with self.assertRaisesRegex(errors.Rejected, "tracking link"):
            shipments.send_shipment(self.reached, other)
        other = replace(other, tracking_url="https://bike.example/B2")
        self.assertIsNone(shipments.find_shipment(self.reached, other))
        shipments.send_shipment(self.reached, other)
        self.assertEqual(shipments.find_shipment(self.reached, other), "B2")
        corrected = records.Shipment(key="a", order_id=NUMBER, external_id="1Z2", carrier="UPS", tracking_number="1Z9")
        self.assertEqual(shipments.send_shipment(self.reached, corrected), "1Z9")
        order = self.read_order()
        self.assertEqual({p.tracking_number for p in order.shipments}, {"1Z1", "1Z9", "B2"})
        self.assertEqual(order.fulfilment, "fulfilled")

    def test_what_has_no_number_or_no_content_is_not_told(self):
        for parcel in (
            records.Shipment(key="a", order_id=NUMBER, lines=(MUG,)),
            records.Shipment(key="a", order_id=NUMBER, tracking_number="1Z2"),
        ):
            with self.assertRaises(errors.Rejected):
                shipments.send_shipment(self.reached, parcel)

    # ------------------------------------------------------------------- refunds
    def test_a_refund_is_of_lines_and_only_made_where_it_pays(self):
        tax = records.Tax(code="t", amount=Decimal("0.80"))
        lines = (
            records.RefundLine(external_id="1", line_id="1", amount=Decimal("10.00"), taxes=(tax,)),
            records.RefundLine(external_id="2", line_id="1-shipping", amount=Decimal("4.99")),
        )
        refund = records.Refund(
            external_id="",
            order_id=NUMBER,
            key="k-1",
            amount=Decimal("15.79"),
            lines=lines,
            currency="USD",
            reason="Late",
        )
        with self.assertRaisesRegex(errors.Rejected, "pays a refund"):
            refunds.send_refund(self.reached, refund)
        paying = replace(refund, pays=True)
        self.assertIsNone(refunds.find_refund(self.reached, paying))
        self.assertEqual(refunds.send_refund(self.reached, paying), "R2")
        self.assertEqual(refunds.find_refund(self.reached, paying), "R2")
        (raw,) = refunds.fetch_order_refunds(self.reached, NUMBER)
        self.assertEqual(refunds.parse_refund(raw.body).amount, Decimal("15.79"))
        with self.assertRaisesRegex(errors.Rejected, "of which line"):
            refunds.send_refund(self.reached, replace(paying, lines=(), amount=Decimal(5)))
        self.assertEqual(refunds.fetch_refunds(self.reached, DAY).items[0].external_id, "R2")

    # --------------------------------------------------------------------- stock
    def test_what_can_be_bought_is_what_was_published_whatever_is_reserved(self):
        levels = [
            records.StockLevel(variant_id="MUG-300", quantity=7),
            records.StockLevel(variant_id="TOWEL-01", location_id="N-1", quantity=3),
            records.StockLevel(variant_id="TOWEL-01", location_id="N-9", quantity=1),
            records.StockLevel(variant_id="NO", quantity=1),
        ]
        for _time in range(2):
            results = stock.push_stock(self.reached, levels)
            outcomes = ["applied", "applied", "rejected", "rejected"]
            self.assertEqual([result.outcome for result in results], outcomes)
        self.assertEqual((self.account.available("MUG-300", "N-1"), self.account.stock["MUG-300", "N-1"]), (7, 9))
        self.assertIn("Wrong ship node", results[2].problem)
        held = stock.read_stock(self.reached, levels)
        self.assertEqual(held, {("MUG-300", ""): 7, ("TOWEL-01", "N-1"): 3})

    def test_what_lies_in_walmarts_warehouses_is_read_page_by_page(self):
        nodes = [{"onHandQty": 5, "availToSellQty": 3, "shipNodeType": "WFSFulfilled"}, {"onHandQty": 2}]
        headers = {"totalCount": 3, "limit": 2, "offset": 0}
        listed = [{"sku": "MUG-300", "shipNodes": nodes}, {"sku": "TOWEL-01", "shipNodes": []}]
        self.answer({"GET /v3/fulfillment/inventory": said({"headers": headers, "payload": {"inventory": listed}})})
        page = stock.fetch_kept(self.reached)
        self.assertEqual([(item.variant_id, item.quantity) for item in page.items], [("MUG-300", 7), ("TOWEL-01", 0)])
        self.assertEqual(page.next, "2")

    # ------------------------------------------------------------ catalogue, prices
    def test_items_page_by_page_and_prices_one_by_one(self):
        item = {"mart": "WALMART_US", "sku": "MUG-300", "productName": "Mug", "gtin": "00400638133393"}
        item |= {"price": {"currency": "USD", "amount": 19.99}, "publishedStatus": "PUBLISHED"}
        self.answer({"GET /v3/items": said({"ItemResponse": [item], "totalItems": 2, "nextCursor": "AoE/"})})
        page = products.fetch_products(self.reached)
        self.assertEqual((page.items[0].price, page.items[0].active, page.next), (Decimal("19.99"), True, "AoE/"))
        bad = {"errors": [{"code": "x", "description": "Price is too low"}], "sku": "NO"}
        told = {"MUG-300": {"sku": "MUG-300", "message": "Thank you."}, "NO": bad}
        self.answer({"PUT /v3/price": lambda request, _operation: said(told[json.loads(request.body)["sku"]])})
        wanted = [
            records.Price(variant_id="MUG-300", amount=Decimal("20.00"), offer=Decimal("17.50")),
            records.Price(variant_id="NO", amount=Decimal(1)),
        ]
        results = prices.push_prices(self.reached, wanted)
        self.assertEqual([result.problem for result in results], ["", "Price is too low"])
        (pricing,) = json.loads(next(r for r in self.account.wire.requests if r.method == "PUT").body)["pricing"]
        self.assertEqual((pricing["currentPrice"]["amount"], pricing["comparisonPrice"]["amount"]), (17.5, 20.0))

    # ------------------------------------------------------------------- returns
    def test_a_return_of_two_orders_is_two(self):
        def line(number, order, status):
            quantity = {"unitOfMeasure": "EACH", "measurementValue": 2}
            price = {"currencyAmount": 10.5, "currencyUnit": "USD"}
            found = {"returnOrderLineNumber": number, "purchaseOrderId": order, "purchaseOrderLineNumber": 1}
            return {**found, "status": status, "quantity": quantity, "unitPrice": price, "returnReason": "DAMAGED"}

        row = {"returnOrderId": "R-7", "returnOrderDate": "2026-07-03T10:00:00.000Z"}
        row["returnOrderLines"] = [line(1, "1", "INITIATED"), line(2, "2", "COMPLETED"), line(3, "1", "DELIVERED")]
        meta = {"totalCount": 1, "limit": 100, "nextCursor": ""}
        self.answer({"GET /v3/returns": said({"meta": meta, "returnOrders": [row]})})
        page = returns.fetch_returns(self.reached, DAY)
        notices = [returns.parse_return(raw.body) for raw in page.items]
        told = [(n.external_id, n.order_id, n.state, len(n.lines)) for n in notices]
        self.assertEqual(told, [("R-7-1", "1", "approved", 2), ("R-7-2", "2", "closed", 1)])
        self.assertEqual((notices[0].lines[0].amount, notices[0].reason, page.next), (Decimal("21.0"), "Damaged", ""))

    # ------------------------------------------------------------------- payouts
    def test_payout_reports_of_a_time_come_oldest_first_and_can_be_read(self):
        dates = {"availableApReportDates": ["07142026", "06162026", "06302026"]}
        report = Response(status=200, headers={}, body=b"Period Start Date\tTotal Payable\r\n")
        self.account.wire.free[("GET", "/reconFile")] = report
        self.answer({"GET /v3/report/reconreport/availableReconFiles": said(dates)})
        page = settlements.fetch_settlements(self.reached, DAY)
        self.assertEqual([raw.external_id for raw in page.items], ["06302026", "07142026"])
        asked = [r.params["reportDate"] for r in self.account.wire.requests if r.url.endswith("/reconFile")]
        self.assertEqual(asked, ["06302026", "07142026"])
        self.assertTrue(callable(settlements.read_report))

    # -------------------------------------------------- notifications, the check
    def test_notifications_are_subscribed_to_once_and_woken(self):
        url, kept = "https://erp.example/ecom/webhook/k", []
        offered = [
            {"resourceName": "ORDER", "eventType": "PO_CREATED", "eventVersion": "V1"},
            {"resourceName": "ITEM", "eventType": "OFFER_PUBLISHED", "eventVersion": "V1"},
        ]

        def made(request, _operation):
            (event,) = json.loads(request.body)["events"]
            kept.append({"subscriptionId": f"s{len(kept)}", **event})
            return said({"event": kept[-1:]})

        def changed(request, _operation):
            kept[0] |= json.loads(request.body)
            return said({"event": kept})

        self.answer(
            {
                "GET /v3/webhooks/eventTypes": said({"eventTypes": offered}),
                "GET /v3/webhooks/subscriptions": lambda *_asked: said({"events": [{"event": kept}]}),
                "POST /v3/webhooks/subscriptions": made,
                "PATCH /v3/webhooks/subscriptions/{subscriptionId}": changed,
            }
        )
        (found,) = subscriptions.arm_subscriptions(self.reached, url, "s3cret")
        self.assertEqual((found.state, found.external_id), ("made", "s0"))
        self.assertEqual(kept[0]["authDetails"]["authHeaderName"], subscriptions.HEADER)
        kept[0]["status"] = "INACTIVE"
        self.assertEqual(subscriptions.arm_subscriptions(self.reached, url, "s3cret")[0].state, "woken")
        self.assertEqual(subscriptions.arm_subscriptions(self.reached, url, "s3cret")[0].state, "kept")
        self.assertEqual(subscriptions.arm_subscriptions(self.reached, url, "other", True)[0].state, "renewed")
        self.assertEqual(kept[0]["authDetails"]["clientSecret"], "other")

    def test_the_check_names_what_the_keys_may_not_do(self):
        names = ("reports", "item", "shipping", "price", "lagtime", "feeds", "returns", "orders", "rules", "inventory")
        scopes = {
            **dict.fromkeys(names, "full_access"),
            "content": "no_access",
            "returns": "no_access",
            "item": "view_only",
        }
        scopes["inventory"] = "view_only"
        detail = {"scopes": scopes, "expire_at": "1", "issued_at": "1", "is_valid": True, "is_channel_match": True}
        self.answer({"GET /v3/token/detail": said(detail)})
        nodes = said([{"shipNode": "N-1", "shipNodeName": "Main", "status": "ACTIVE"}])
        self.account.wire.free[("GET", "/shipnodes")] = nodes
        shop = self.reached.check()
        self.assertEqual(shop.missing_scopes, ("Inventory (full access)", "Returns (view)"))
        self.assertEqual([(place.external_id, place.name) for place in shop.locations], [("N-1", "Main")])


if __name__ == "__main__":
    unittest.main()
