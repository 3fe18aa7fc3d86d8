"""Our WooCommerce channel against what a real WooCommerce 9.9.5 said: every recorded order and delivery.

How many there were is printed at the end.
"""

import json
import unittest
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import requests

from tests.contract import recorded
from tests.contract.woocommerce_wire import connect

from channels import errors  # isort: skip
from channels.transport import Response  # isort: skip
from channels.woocommerce import coupons, customers, orders, webhook  # isort: skip

CENT = Decimal("0.01")  # every recorded order is in US dollars
COUNTED = recorded.COUNTED["WooCommerce"]


def setUpModule():
    recorded.folder("woocommerce")


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


class RecordedOrders(unittest.TestCase):
    def test_every_order_adds_up_to_the_cent(self):
        for recording in recorded.woocommerce_orders():
            with self.subTest(file=recording.file):
                order = orders.parse_order(recording.body)
                stated = json.loads(recording.body)
                self.assertEqual((order.external_id, str(order.total)), (str(stated["id"]), stated["total"]))
                self.assertEqual(str(order.tax_total), stated["total_tax"])
                self.assertEqual(sum((line.total for line in order.lines), Decimal(0)) + order.tax_total, order.total)
                self.assertEqual(sum((tax.amount for tax in order.tax_totals), Decimal(0)), order.tax_total)
                self.assertEqual(
                    sum(line.discount for line in order.lines if line.kind == "product"),
                    _coupons_and_price_cuts(stated),
                )
                COUNTED["orders parsed, total and taxes exact"] += 1
        self.assertGreater(COUNTED["orders parsed, total and taxes exact"], 40)

    def test_taxes_rounded_line_by_line_and_rate_by_rate_are_those_of_the_order(self):
        """Why place() must round each tax of each line, not their sum: 1.885 + 0.27885 is 2.17 here, not 2.16."""
        differing = 0
        for recording in recorded.woocommerce_orders():
            with self.subTest(file=recording.file):
                order = orders.parse_order(recording.body)
                found = defaultdict(Decimal)
                for line in order.lines:
                    for tax in line.taxes:
                        found[tax.code] += _rounded(tax.amount)
                    self.assertEqual(sum(_rounded(tax.amount) for tax in line.taxes), line.extra["total_tax"])
                self.assertEqual(found, {tax.code: tax.amount for tax in order.tax_totals})
                differing += sum(_rounded(line.tax_total) for line in order.lines) != order.tax_total
        self.assertGreater(differing, 0)
        COUNTED["orders whose taxes a sum rounded once per line would miss"] = differing

    def test_the_same_state_has_the_same_version_and_versions_only_grow(self):
        held, states = {}, defaultdict(set)
        for recording in recorded.woocommerce_orders():
            order = orders.parse_order(recording.body)
            with self.subTest(file=recording.file):
                if recording.file.startswith("251-") or recording.kind == "delivery":
                    continue  # deliveries were queued and arrived later than answers recorded before them
                self.assertGreaterEqual(order.version, held.get(order.external_id, ""))
                held[order.external_id] = order.version
        for recording in recorded.woocommerce_orders():
            order = orders.parse_order(recording.body)
            states[order.version].add((order.external_id, order.status, order.total, len(order.refunds)))
        self.assertTrue(all(len(state) == 1 for state in states.values()))
        COUNTED["different versions of orders"] = len(states)

    def test_a_list_gives_the_orders_one_by_one(self):
        (exchange,) = (e for e in recorded.woocommerce_exchanges() if e.file.startswith("251-"))

        class Once:
            def send(self, request):
                headers = requests.structures.CaseInsensitiveDict(exchange.response["headers"])
                return Response(status=200, headers=headers, body=exchange.answer)

        page = orders.fetch_orders(connect(Once()), None)
        self.assertEqual([raw.external_id for raw in page.items], ["46", "45", "43"])
        self.assertTrue(page.next)
        for raw in page.items:
            self.assertEqual(orders.parse_order(raw.body).version, raw.version)


def _coupons_and_price_cuts(stated) -> Decimal:
    return sum((Decimal(item["subtotal"]) - Decimal(item["total"]) for item in stated["line_items"]), Decimal(0))


class RecordedDeliveries(unittest.TestCase):
    def test_every_signed_delivery_verifies_and_names_what_it_is_about(self):
        for recording in recorded.woocommerce_deliveries():
            with self.subTest(file=recording.file):
                webhook.verify(recording.headers, recording.body, recording.secret)
                self.assertFalse(webhook.is_unsigned_ping(recording.headers, recording.body))
                event = webhook.read_event(recording.headers, recording.body)
                self.assertTrue(event.external_id and event.delivery_id)
                self.assertEqual(event.topic, _topic(recording.topic))
                self.assertEqual(
                    event.complete, not recording.topic.startswith("action.") and ".deleted" not in recording.topic
                )
                if event.topic == "orders" and event.complete:
                    self.assertEqual(event.version, orders.parse_order(recording.body).version)
                COUNTED["signed deliveries verified and read"] += 1
        self.assertGreater(COUNTED["signed deliveries verified and read"], 50)

    def test_every_delivery_has_a_number_of_its_own(self):
        """The shop's own number is not: 51 deliveries share far fewer, one a webhook and second."""
        deliveries = list(recorded.woocommerce_deliveries())
        stated = {recording.headers["x-wc-webhook-delivery-id"] for recording in deliveries}
        told = {webhook.read_event(recording.headers, recording.body).delivery_id for recording in deliveries}
        self.assertLess(len(stated), len(deliveries) * 2 // 3)
        self.assertEqual(len(told), len(deliveries))

    def test_every_delivery_is_refused_after_any_one_byte_was_changed(self):
        for recording in recorded.woocommerce_deliveries():
            with self.subTest(file=recording.file):
                body = bytearray(recording.body)
                for place in range(len(body)):
                    body[place] ^= 0x01
                    with self.assertRaises(errors.BadSignature):
                        webhook.verify(recording.headers, bytes(body), recording.secret)
                    body[place] ^= 0x01
                    COUNTED["deliveries with one changed byte refused"] += 1
                for other in (b"", recording.body[:-1], recording.body + b" "):
                    with self.assertRaises(errors.BadSignature):
                        webhook.verify(recording.headers, other, recording.secret)

    def test_every_delivery_is_refused_with_a_wrong_or_without_a_secret(self):
        for recording in recorded.woocommerce_deliveries():
            unsigned = {name: value for name, value in recording.headers.items() if "signature" not in name}
            for headers, secret in (
                (recording.headers, recording.secret + "x"),
                (recording.headers, ""),
                (unsigned, recording.secret),
            ):
                with self.subTest(file=recording.file, secret=secret), self.assertRaises(errors.BadSignature):
                    webhook.verify(headers, recording.body, secret)
                self.assertFalse(webhook.is_unsigned_ping(headers, recording.body))
                COUNTED["deliveries with a wrong or no secret refused"] += 1

    def test_every_unsigned_ping_is_recognised_and_not_verified(self):
        for recording in recorded.woocommerce_pings():
            with self.subTest(file=recording.file):
                self.assertTrue(webhook.is_unsigned_ping(recording.headers, recording.body))
                with self.assertRaises(errors.BadSignature):
                    webhook.verify(recording.headers, recording.body, recording.secret)
                COUNTED["unsigned pings recognised"] += 1
        self.assertEqual(COUNTED["unsigned pings recognised"], 5)


def _topic(header: str) -> str:
    if header == "action.woocommerce_order_refunded":
        return "orders"
    return {"order": "orders", "product": "products"}.get(header.split(".")[0], "other")


class RecordedPeopleAndCoupons(unittest.TestCase):
    """Nobody listed them while the recording ran; each stands in the list as it was answered when it was made."""

    def rows(self, start):
        """The rows that were made by recordings whose names begin so."""
        return [
            exchange.response["json"]
            for exchange in recorded.woocommerce_exchanges()
            if exchange.file[4:].startswith(start) and exchange.response["status"] == 201
        ]

    def read(self, noun, rows):
        class Answers:
            def send(self, _request):
                return Response(status=200, headers={}, body=json.dumps(rows).encode())

        return noun(connect(Answers())).items

    def test_every_recorded_customer_is_read(self):
        rows = self.rows("customer-create")
        found = self.read(customers.fetch_customers, rows)
        self.assertEqual([customer.buyer.email for customer in found], [row["email"] for row in rows])
        self.assertTrue(all(customer.buyer.name and customer.bill_to.city for customer in found))
        COUNTED["customers read"] += len(found)
        self.assertGreater(len(found), 1)

    def test_every_recorded_coupon_is_read(self):
        rows = self.rows("coupon-")
        found = self.read(coupons.fetch_coupons, rows)
        self.assertEqual([coupon.code for coupon in found], [row["code"] for row in rows])
        self.assertEqual({coupon.kind for coupon in found}, {"percent", "item"})
        COUNTED["coupons read"] += len(found)


if __name__ == "__main__":
    unittest.main()
