import hmac
import json
import unittest
from base64 import b64encode
from unittest import TestCase

from channels.errors import BadSignature, Unreadable
from channels.shopify import webhook


def signed(body, secret, **more):
    mark = b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()
    return {"x-shopify-hmac-sha256": mark, "x-shopify-webhook-id": "d-1", "x-shopify-topic": "orders/updated", **more}


class TestVerify(TestCase):
    BODY = b'{"id": 450789469, "note": "\xc3\xa9"}'

    def test_the_secret_and_the_one_before_it_hold_while_it_is_rotated(self):
        for secret in ("new", "old"):
            webhook.verify(signed(self.BODY, secret), self.BODY, "new\nold")
        with self.assertRaises(BadSignature):
            webhook.verify(signed(self.BODY, "older"), self.BODY, "new\nold")

    def test_one_byte_more_no_signature_and_no_secret_are_refused(self):
        for headers, body, secret in (
            (signed(self.BODY, "s"), self.BODY + b" ", "s"),
            ({}, self.BODY, "s"),
            (signed(self.BODY, ""), self.BODY, ""),
            (signed(self.BODY, ""), self.BODY, " \n "),
            ({"x-shopify-hmac-sha256": "\u20ac\ud800"}, self.BODY, "s"),
        ):
            with self.assertRaises(BadSignature):
                webhook.verify(headers, body, secret)

    def test_headers_without_their_x_count_too(self):
        headers = {name.removeprefix("x-"): value for name, value in signed(self.BODY, "s").items()}
        webhook.verify(headers, self.BODY, "s")
        self.assertEqual(webhook.read_event(headers, self.BODY).external_id, "450789469")


class TestEvent(TestCase):
    def event(self, topic, **row):
        return webhook.read_event(signed(b"", "s", **{"x-shopify-topic": topic}), json.dumps(row).encode())

    def test_every_kind_of_delivery_leads_to_its_order(self):
        for topic, row in (
            ("orders/create", {"id": 7}),
            ("orders/edited", {"order_edit": {"id": 1, "order_id": 7}}),
            ("refunds/create", {"id": 1, "order_id": 7}),
            ("returns/update", {"id": 1, "order": {"id": 7}}),
            (
                "fulfillment_orders/placed_on_hold",
                {"fulfillment_order": {"id": 1, "order_id": "gid://shopify/Order/7"}},
            ),
        ):
            event = self.event(topic, **row)
            self.assertEqual((event.topic, event.external_id, event.complete), ("orders", "7", False), topic)

    def test_a_hold_names_its_fulfilment_order_only_and_the_shop_is_asked_whose_it_is(self):
        row = {"fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/9", "status": "on_hold"}}
        event = self.event("fulfillment_orders/placed_on_hold", **row)
        self.assertEqual((event.topic, event.external_id), ("orders", "FulfillmentOrder/9"))
        with self.assertRaises(Unreadable):
            self.event("fulfillment_orders/placed_on_hold", fulfillment_order={"status": "on_hold"})

    def test_the_moment_of_a_change_is_told_in_utc_and_a_delivery_by_its_id(self):
        event = self.event("orders/updated", id=7, updated_at="2026-11-20T11:00:30-05:00")
        self.assertEqual((event.version, event.delivery_id), ("2026-11-20T16:00:30Z", "d-1"))
        self.assertEqual(self.event("orders/updated", id=7, updated_at="soon").version, "")

    def test_items_stock_and_what_the_law_asks_for(self):
        self.assertEqual(self.event("products/update", id=5).topic, "products")
        stock = self.event("inventory_levels/update", inventory_item_id=9, location_id=1, available=3)
        self.assertEqual((stock.topic, stock.external_id), ("stock", "9"))
        asked = [self.event(topic, shop_id=1, customer={"id": 5}) for topic in webhook.COMPLIANCE]
        self.assertEqual({event.topic for event in asked}, {"privacy"})
        self.assertEqual([event.external_id for event in asked], ["access:5", "erasure:5", "closing:5"])
        self.assertEqual(self.event("themes/publish", id=1).topic, "other")

    def test_a_delivery_about_nothing_is_unreadable(self):
        for row in ({}, {"id": None}, {"id": [1]}, {"id": "x"}):
            with self.assertRaises(Unreadable):
                self.event("orders/updated", **row)
        with self.assertRaises(Unreadable):
            webhook.read_event(signed(b"", "s"), b"[1]")


if __name__ == "__main__":
    unittest.main()
