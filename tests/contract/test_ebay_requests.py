"""Every request our eBay nouns make, held to eBay's own contracts; so are the answers that the tests give."""

import json
import unittest
from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.contract import ebay_wire, recorded
from tests.contract.ebay_wire import SAMPLE, connect
from tests.contract.openapi import said

from channels import errors, records  # isort: skip
from channels.ebay import orders, prices, products, refunds, returns, settlements, shipments, stock  # isort: skip
from channels.ebay import subscriptions  # isort: skip
from channels.reports.source import Source  # isort: skip

COUNTED = recorded.COUNTED["eBay"]
NUMBER = "12-34567-89012"
DAY = datetime(2026, 6, 30, tzinfo=timezone.utc)
ORDER = json.loads(SAMPLE.read_bytes())
LINE = records.ShipmentLine(line_id="10050002", quantity=Decimal(1))
BASE = "https://api.ebay.com/commerce/notification/v1"
SECRET = "Odoo-App-PRD-1\ncert"


def signing_key(_request=None, _operation=None):
    private = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return said({"signingKeyId": "k", "jwe": "jwe", "privateKey": b64encode(private).decode()})


def offers(request, _operation):
    number = {"MUG": "1", "TOWEL": "2"}.get(request.params["sku"])
    if number is None:
        return said({"errors": [{"errorId": 25713, "message": "This Offer is not available."}]}, 404)
    price = {"value": "14.90", "currency": "EUR"}
    offer = {"offerId": number, "sku": request.params["sku"], "marketplaceId": "EBAY_DE", "status": "PUBLISHED"}
    return said({"offers": [{**offer, "pricingSummary": {"price": price}}], "total": 1})


def updated(request, _operation):
    """Everything is taken but what is called NO."""
    told = []
    for row in json.loads(request.body)["requests"]:
        bad = {"statusCode": 400, "errors": [{"errorId": 25702, "message": "NO could not be found."}]}
        told.append({"sku": row["sku"], **(bad if row["sku"] == "NO" else {"statusCode": 200})})
        told += [{"sku": row["sku"], "offerId": o["offerId"], "statusCode": 200} for o in row.get("offers", ())]
    return said({"responses": told})


class Nouns(unittest.TestCase):
    def setUp(self):
        self.fulfilments = []
        self.answers = {
            "GET /order": said({"orders": [ORDER], "total": 1, "limit": 100, "offset": 0}),
            "GET /order/{orderId}": said(ORDER),
            "GET /order/{orderId}/shipping_fulfillment": lambda *_asked: said({"fulfillments": self.fulfilments}),
            "POST /order/{orderId}/shipping_fulfillment": self.fulfil,
            "POST /order/{order_id}/issue_refund": said({"refundId": "5000002", "refundStatus": "PENDING"}),
            "GET /inventory_item": said({"inventoryItems": [self.item("MUG"), self.item("NO")], "total": 2}),
            "GET /inventory_item/{sku}": said(self.item("MUG")),
            "PUT /inventory_item/{sku}": said(None, 204),
            "GET /offer": offers,
            "POST /offer/{offerId}/withdraw": said({"listingId": "110"}),
            "POST /bulk_update_price_quantity": updated,
            "POST /bulk_get_inventory_item": said({"responses": [{"sku": "MUG", "inventoryItem": self.item("MUG")}]}),
            "GET /payout": said({"payouts": [self.payout()], "total": 1}),
            "GET /transaction": said({"transactions": [self.sale()], "total": 1}),
            "POST /signing_key": signing_key,
        }
        self.wire = ebay_wire.held(self.answers)
        self.reached = connect(self.wire)

    def tearDown(self):
        for name in self.wire.asked:
            COUNTED[f"requests the contracts understand: {name}"] += 1

    @staticmethod
    def item(sku):
        held = {"shipToLocationAvailability": {"quantity": 4}}
        return {"sku": sku, "availability": held, "product": {"title": "Mug", "ean": ["4006381333931"]}}

    @staticmethod
    def payout():
        money = {"value": "35.00", "currency": "EUR"}
        paid = {"payoutStatus": "SUCCEEDED", "payoutDate": "2026-07-05T05:00:00.000Z"}
        return {"payoutId": "500", **paid, "amount": money}

    @staticmethod
    def sale():
        amount, fee = {"value": "35.00", "currency": "EUR"}, {"value": "4.00", "currency": "EUR"}
        what = {"transactionId": "7", "transactionType": "SALE", "bookingEntry": "CREDIT", "orderId": NUMBER}
        when = {"transactionDate": "2026-07-01T08:15:31.000Z", "transactionStatus": "PAYOUT", "payoutId": "500"}
        return {**what, **when, "amount": amount, "totalFeeAmount": fee}

    def fulfil(self, request, operation):
        asked = json.loads(request.body)
        number = asked.get("trackingNumber", "999")
        row = {"fulfillmentId": number, "lineItems": asked["lineItems"], "shippedDate": asked["shippedDate"]}
        shown = {"shipmentTrackingNumber": number, "shippingCarrierCode": asked.get("shippingCarrierCode", "")}
        self.fulfilments.append({**row, **(shown if "trackingNumber" in asked else {})})
        place = f"https://api.ebay.com/sell/fulfillment/v1/order/{operation.values[0]}/shipping_fulfillment/{number}"
        return said({}, 201, Location=place)

    # ------------------------------------------------------------------- orders
    def test_orders_come_by_their_last_change_with_a_window_that_does_not_move(self):
        self.answers["GET /order"] = said({"orders": [ORDER], "total": 2})
        page = orders.fetch_orders(self.reached, DAY, datetime(2026, 7, 2, tzinfo=timezone.utc), open_only=True)
        (raw,) = page.items
        order = orders.parse_order(raw.body)
        self.assertEqual((raw.external_id, raw.version), (NUMBER, order.version))
        self.assertEqual(order.tax_total, Decimal("8.46"))
        orders.fetch_orders(self.reached, DAY, token=page.next)
        first, second = (request.params for request in self.wire.requests[-2:])
        window = "lastmodifieddate:[2026-06-29T23:55:00.000Z..2026-07-02T00:00:00.000Z]"
        self.assertEqual(first["filter"], f"{window},orderfulfillmentstatus:{{NOT_STARTED|IN_PROGRESS}}")
        self.assertEqual((second["filter"], second["offset"]), (window, 1))
        self.assertEqual(orders.find_order(self.reached, f" {NUMBER} ").external_id, NUMBER)

    def test_an_order_is_cancelled_whole_and_a_buyers_request_accepted(self):
        self.answers["POST /cancellation"] = said({"cancelId": "41"})
        asked = records.Cancellation(key="k", order_id=NUMBER)
        self.assertEqual(orders.cancel_order(self.reached, asked), "41")
        self.assertEqual(self.wire.requests[-1].headers["Authorization"], "IAF v^1.1#t")
        request = {"cancelRequestId": "77", "cancelRequestState": "REQUESTED"}
        self.answers["GET /order/{orderId}"] = said({**ORDER, "cancelStatus": {"cancelRequests": [request]}})
        self.answers["POST /cancellation/{cancelId}/approve"] = said({})
        self.assertEqual(orders.cancel_order(self.reached, asked), "77")
        with self.assertRaisesRegex(errors.Rejected, "whole orders"):
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id=NUMBER, lines=(LINE,)))

    # ---------------------------------------------------------------- shipments
    def test_two_parcels_each_told_once_with_ebays_name_of_the_carrier(self):
        first = records.Shipment(
            key="a", order_id=NUMBER, lines=(LINE,), carrier="deutsche_post", tracking_number="RR 123-4 DE"
        )
        told = [shipments.send_shipment(self.reached, first) for _time in range(2)]
        self.assertEqual(told, ["RR1234DE", "RR1234DE"])
        other = replace(first, key="b", carrier="", carrier_name="Bike & Co", tracking_number="B2")
        self.assertEqual(shipments.send_shipment(self.reached, other), "B2")
        self.assertEqual([f["shippingCarrierCode"] for f in self.fulfilments], ["DeutschePost", "BikeCo"])
        self.assertEqual(shipments.find_shipment(self.reached, other), "B2")
        by_hand = records.Shipment(key="c", order_id=NUMBER, lines=(LINE,))
        self.assertIsNone(shipments.find_shipment(self.reached, by_hand))
        self.assertEqual(shipments.send_shipment(self.reached, by_hand), "999")
        self.assertEqual(len(self.fulfilments), 3)

    # ------------------------------------------------------------------- refunds
    def test_a_refund_is_signed_and_only_made_where_it_pays(self):
        line = records.RefundLine(external_id="1", line_id="10050001-shipping", amount=Decimal("2.99"))
        refund = records.Refund(external_id="", order_id=NUMBER, key="odoo-1", amount=Decimal("2.99"), lines=(line,))
        with self.assertRaisesRegex(errors.Rejected, "pays a refund"):
            refunds.send_refund(self.reached, refund)
        paying = records.Refund(external_id="", order_id=NUMBER, key="odoo-1", amount=Decimal("2.99"), pays=True)
        by_line = replace(paying, lines=(line,), currency="EUR")
        for wanted, name in ((paying, "orderLevelRefundAmount"), (by_line, "refundItems")):
            self.assertEqual(refunds.send_refund(self.reached, wanted), "5000002")
            request = self.wire.requests[-1]
            self.assertIn(name, json.loads(request.body))
            self.assertIn("content-digest", request.headers["Signature-Input"])
        self.assertEqual(sum(name == "POST /signing_key" for name in self.wire.asked), 1)

    def test_refunds_come_with_their_orders(self):
        (raw,) = refunds.fetch_refunds(self.reached, DAY).items
        self.assertEqual(refunds.parse_refund(raw.body).amount, Decimal("5.00"))
        self.assertEqual(refunds.fetch_order_refunds(self.reached, NUMBER)[0].external_id, "5000001")

    # ------------------------------------------------------------ stock and prices
    def test_stock_goes_to_the_item_and_to_its_offers_and_each_row_says_what_became_of_it(self):
        levels = [
            records.StockLevel(variant_id="MUG", stock_id="1,9", quantity=3),
            records.StockLevel(variant_id="TOWEL", quantity=0),
            records.StockLevel(variant_id="NO", quantity=1),
        ]
        results = stock.push_stock(self.reached, levels)
        self.assertEqual([result.outcome for result in results], ["applied", "applied", "rejected"])
        asked = json.loads(self.wire.requests[-1].body)["requests"]
        self.assertEqual([len(row["offers"]) for row in asked], [2, 1, 0])
        self.assertEqual(stock.read_stock(self.reached, levels), {("MUG", ""): 4})

    def test_prices_are_those_of_the_own_marketplace(self):
        wanted = [records.Price(variant_id=sku, amount=Decimal("12.50")) for sku in ("MUG", "NO")]
        results = prices.push_prices(self.reached, wanted)
        self.assertEqual([bool(result.problem) for result in results], [False, True])
        (row,) = json.loads(self.wire.requests[-1].body)["requests"]
        self.assertEqual(row["offers"], [{"offerId": "1", "price": {"value": "12.50", "currency": "EUR"}}])

    # ------------------------------------------------------------------- products
    def test_items_are_read_with_their_offers_and_changed_whole(self):
        page = products.fetch_products(self.reached)
        told = [(item.sku, item.stock_id, item.active) for item in page.items]
        self.assertEqual(told, [("MUG", "1", True), ("NO", "", False)])
        self.assertEqual((page.items[0].price, page.items[0].barcode), (Decimal("14.90"), "4006381333931"))
        change = records.ItemChange(variant_id="MUG", name="A better mug", active=False)
        (result,) = products.change_products(self.reached, [change])
        self.assertEqual(result.problem, "")
        put = next(json.loads(r.body) for r in self.wire.requests if r.method == "PUT")
        self.assertEqual(put["product"], {"title": "A better mug", "ean": ["4006381333931"]})
        self.assertEqual(put["availability"], self.item("MUG")["availability"])

    # ------------------------------------------------------------------- payouts
    def test_a_payout_comes_whole_is_signed_and_can_be_read(self):
        (raw,) = settlements.fetch_settlements(self.reached, DAY).items
        items = list(settlements.read_report(Source.of(raw.body)))
        payout, line = items
        self.assertEqual((payout.amount, line.net, line.fee), (Decimal("35.00"), Decimal("35.00"), Decimal("4.00")))
        finances = [r for r in self.wire.requests if "/sell/finances/" in r.url]
        self.assertTrue(all(r.url.startswith("https://apiz.ebay.com/") and "Signature" in r.headers for r in finances))
        american = connect(self.wire, marketplace="EBAY_US")
        settlements.fetch_settlements(american, DAY)
        self.assertNotIn("Signature", self.wire.requests[-1].headers)

    # ------------------------------------------------------------------- returns
    def test_returns_are_asked_for_by_their_opening(self):
        found = json.loads(RETURN)
        self.answers["GET /return/search"] = said({"members": [found], "paginationOutput": {"totalPages": 1}})
        (raw,) = returns.fetch_returns(self.reached, DAY).items
        notice = returns.parse_return(raw.body)
        self.assertEqual((notice.external_id, notice.order_id, notice.state), ("5061", NUMBER, "approved"))
        self.assertEqual(notice.reason, "Defective item: Handle is off")

    # ------------------------------------------------------------- subscriptions
    def test_subscriptions_are_made_once_and_woken(self):
        url = "https://erp.example/ecom/webhook/k"
        topic = {"topicId": "ORDER_CONFIRMATION", "scope": "USER", "supportedPayloads": [{"schemaVersion": "1.1"}]}
        place = {"destinationId": "d1", "status": "ENABLED", "deliveryConfig": {"endpoint": url}}
        other = {"topicId": "MARKETPLACE_ACCOUNT_DELETION", "scope": "APPLICATION"}
        self.answers |= {
            "GET /topic": said({"topics": [topic, other]}),
            "GET /destination": said({"destinations": []}),
            "GET /config": said({"alertEmail": "a@example.com"}),
            "POST /destination": said({}, 201, Location=f"{BASE}/destination/d1"),
            "GET /subscription": said({"subscriptions": []}),
            "POST /subscription": said({}, 201, Location=f"{BASE}/subscription/s1"),
        }
        (made,) = subscriptions.arm_subscriptions(self.reached, url, SECRET)
        self.assertEqual((made.external_id, made.state), ("s1", "made"))
        asked = next(json.loads(r.body) for r in self.wire.requests if r.method == "POST" and "destination" in r.url)
        self.assertEqual(asked["deliveryConfig"]["verificationToken"], subscriptions.verification_token(SECRET))
        known = {"subscriptionId": "s1", "topicId": "ORDER_CONFIRMATION", "status": "DISABLED", "destinationId": "d1"}
        self.answers |= {
            "GET /destination": said({"destinations": [{**place, "status": "MARKED_DOWN"}]}),
            "PUT /destination/{destination_id}": said(None, 204),
            "GET /subscription": said({"subscriptions": [known]}),
            "POST /subscription/{subscription_id}/enable": said(None, 204),
        }
        self.assertEqual(subscriptions.arm_subscriptions(self.reached, url, SECRET)[0].state, "woken")
        self.answers["GET /destination"] = said({"destinations": [place]})
        self.assertEqual(subscriptions.arm_subscriptions(self.reached, url, SECRET)[0].state, "paused")


RETURN = """{"returnId": "5061", "orderId": "12-34567-89012", "status": "READY_FOR_SHIPPING", "creationInfo": {
  "item": {"itemId": "110400001", "transactionId": "10050001", "returnQuantity": 1}, "reason": "DEFECTIVE_ITEM",
  "comments": {"content": "Handle is off"}, "creationDate": {"value": "2026-07-04T10:00:00.000Z"}},
  "sellerTotalRefund": {"estimatedRefundAmount": {"value": 17.55, "currency": "EUR"}}}"""


if __name__ == "__main__":
    unittest.main()
