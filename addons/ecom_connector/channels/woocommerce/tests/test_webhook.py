import hmac
import json
import unittest
from base64 import b64encode

from ...errors import BadSignature, Unreadable
from .. import webhook
from .pretend import sample

SECRET = "wh-sample-secret"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def signed(body, topic="order.updated", secret=SECRET, **more):
    mark = b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()
    return {"x-wc-webhook-signature": mark, "x-wc-webhook-topic": topic, "x-wc-webhook-delivery-id": "d1", **more}


class VerifyingADelivery(unittest.TestCase):
    def test_a_signed_delivery_passes(self):
        webhook.verify(signed(b'{"id":1}'), b'{"id":1}', SECRET)

    def test_any_changed_byte_is_refused(self):
        body = sample("order_gross")
        headers = signed(body)
        for place in range(len(body)):
            forged = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
            with self.assertRaises(BadSignature):
                webhook.verify(headers, forged, SECRET)

    def test_without_a_secret_nothing_passes(self):
        body = b"{}"
        with self.assertRaises(BadSignature):
            webhook.verify(signed(body, secret=""), body, "")

    def test_a_wrong_missing_or_odd_signature_is_refused(self):
        for claimed in ("", "wrong", "é", " ", "=" * 44):
            with self.subTest(claimed=claimed), self.assertRaises(BadSignature):
                webhook.verify({"x-wc-webhook-signature": claimed}, b"{}", SECRET)
        with self.assertRaises(BadSignature):
            webhook.verify({}, b"{}", SECRET)
        with self.assertRaises(BadSignature):
            webhook.verify(signed(b"{}", secret="other"), b"{}", SECRET)


class RecognisingThePing(unittest.TestCase):
    def test_the_form_with_the_number_of_the_webhook_is_the_ping(self):
        self.assertTrue(webhook.is_unsigned_ping(FORM, b"webhook_id=12"))
        self.assertTrue(
            webhook.is_unsigned_ping({"content-type": f"{FORM['content-type']}; charset=UTF-8"}, b"webhook_id=1")
        )

    def test_nothing_else_passes_without_signature(self):
        for body in (
            b"",
            b"webhook_id=",
            b"webhook_id=0",
            b"webhook_id=1&id=2",
            b"webhook_id=1\n",
            b" webhook_id=1",
            b"webhook_id=x",
            b"webhook_id=" + b"1" * 30,
            b'{"webhook_id": 1}',
        ):
            with self.subTest(body=body):
                self.assertFalse(webhook.is_unsigned_ping(FORM, body))
        self.assertFalse(webhook.is_unsigned_ping({"content-type": "application/json"}, b"webhook_id=1"))
        self.assertFalse(webhook.is_unsigned_ping({}, b"webhook_id=1"))
        self.assertFalse(webhook.is_unsigned_ping({**FORM, "x-wc-webhook-topic": "order.updated"}, b"webhook_id=1"))
        self.assertFalse(webhook.is_unsigned_ping({**FORM, "x-wc-webhook-signature": "x"}, b"webhook_id=1"))


class ReadingAnEvent(unittest.TestCase):
    def event(self, row, topic):
        body = row if isinstance(row, bytes) else json.dumps(row).encode()
        return webhook.read_event(signed(body, topic), body)

    def test_an_order_is_carried_whole(self):
        event = self.event(sample("order_checkout"), "order.created")
        self.assertEqual((event.topic, event.external_id, event.complete), ("orders", "7001", True))
        self.assertTrue(event.version.startswith("2026-03-02T08:15:04Z~"))

    def test_deliveries_of_one_second_share_their_number_and_are_told_apart(self):
        """The shop makes it of webhook and second; whoever trusts it loses all but the first order of a busy second."""
        first, other = (self.event({"id": number}, "order.created").delivery_id for number in (7001, 7002))
        self.assertNotEqual(first, other)
        self.assertTrue(first.startswith("d1."))
        self.assertEqual(first, self.event({"id": 7001}, "order.created").delivery_id)

    def test_a_delivery_without_a_number_has_none(self):
        body = sample("order_gross")
        headers = {**signed(body), "x-wc-webhook-delivery-id": ""}
        self.assertEqual(webhook.read_event(headers, body).delivery_id, "")

    def test_a_deleted_order_carries_only_its_id(self):
        event = self.event({"id": 7001}, "order.deleted")
        self.assertEqual((event.topic, event.external_id, event.version, event.complete), ("orders", "7001", "", False))

    def test_an_action_about_an_order_names_it(self):
        event = self.event({"action": "woocommerce_order_refunded", "arg": 30}, "action.woocommerce_order_refunded")
        self.assertEqual((event.topic, event.external_id, event.complete), ("orders", "30", False))
        self.assertEqual(self.event({"action": "wp_login", "arg": "x"}, "action.wp_login").topic, "other")

    def test_products_and_the_rest(self):
        row = {"id": 5, "date_modified_gmt": "2026-01-02T03:04:05"}
        event = self.event(row, "product.updated")
        self.assertEqual((event.topic, event.version, event.complete), ("products", "2026-01-02T03:04:05Z", True))
        self.assertEqual(self.event(row, "customer.updated").topic, "other")

    def test_a_genuine_delivery_of_an_odd_order_still_names_it(self):
        row = {"id": 5, "line_items": "?", "order_key": "k", "date_modified_gmt": "2026-01-02T03:04:05"}
        event = self.event(row, "order.updated")
        self.assertEqual((event.external_id, event.version, event.complete), ("5", "", False))

    def test_what_says_nothing_is_unreadable(self):
        for body in (b"", b"[]", b"{}", b'{"id": 0}', b"\xff", b"[" * 100_000):
            with self.subTest(body=body[:9]), self.assertRaises(Unreadable):
                webhook.read_event(signed(body), body)


if __name__ == "__main__":
    unittest.main()
