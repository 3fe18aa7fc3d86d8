import hmac
import json
import time
import unittest
from base64 import b64encode

from ...errors import BadSignature, Unreadable
from ..webhook import TOLERANCE, read_event, verify

SECRET = "client-secret"
BODY = json.dumps(
    {"scope": "store/order/statusUpdated", "data": {"type": "order", "id": 250}, "hash": "h", "created_at": 1}
).encode()


def signed(body, secret=SECRET, at=None, id="msg_1"):
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.digest(secret.encode(), f"{id}.{stamp}.".encode() + body, "sha256")
    signature = f"v1,{b64encode(digest).decode()}"
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signature}


class Deliveries(unittest.TestCase):
    def test_a_signed_delivery_is_accepted_also_beside_an_older_signature(self):
        headers = signed(BODY)
        verify(headers, BODY, SECRET)
        other = signed(BODY, "older")["webhook-signature"]
        verify({**headers, "webhook-signature": f"{other} {headers['webhook-signature']}"}, BODY, SECRET)

    def test_any_byte_changed_anywhere_is_refused(self):
        headers = signed(BODY)
        for place in range(len(BODY)):
            forged = bytearray(BODY)
            forged[place] ^= 1
            with self.assertRaises(BadSignature):
                verify(headers, bytes(forged), SECRET)
        for name, value in (
            ("webhook-id", "msg_2"),
            ("webhook-timestamp", str(int(time.time()) - 7)),
            ("webhook-signature", "v1,"),
        ):
            with self.subTest(name=name), self.assertRaises(BadSignature):
                verify({**headers, name: value}, BODY, SECRET)

    def test_an_old_delivery_or_one_from_the_future_is_refused(self):
        for at in (time.time() - TOLERANCE - 10, time.time() + TOLERANCE + 10):
            with self.assertRaisesRegex(BadSignature, "too old"):
                verify(signed(BODY, at=at), BODY, SECRET)

    def test_what_is_not_signed_or_cannot_be_checked_is_refused(self):
        for headers in ({}, {**signed(BODY), "webhook-timestamp": "yesterday"}, {"webhook-signature": "v1,x"}):
            with self.subTest(headers=headers), self.assertRaises(BadSignature):
                verify(headers, BODY, SECRET)
        with self.assertRaises(BadSignature):
            verify(signed(BODY), BODY, "")

    def test_what_deliveries_are_about(self):
        for scope, data, topic, id in (
            ("store/order/created", {"type": "order", "id": 250}, "orders", "250"),
            ("store/order/refund/created", {"type": "order", "id": 250, "refund": {"refund_id": 3}}, "orders", "250"),
            ("store/shipment/created", {"type": "shipment", "id": 9, "orderId": 250}, "orders", "250"),
            ("store/product/updated", {"type": "product", "id": 20}, "products", "20"),
            ("store/sku/inventory/updated", {"type": "sku", "id": 1, "inventory": {"variant_id": 21}}, "stock", "21"),
            ("store/customer/created", {"type": "customer", "id": 7}, "other", "7"),
        ):
            event = read_event({"webhook-id": "m"}, json.dumps({"scope": scope, "data": data}).encode())
            self.assertEqual((event.topic, event.external_id, event.delivery_id), (topic, id, "m"))
        for body in (b"", b"[]", b"{}", b'{"scope": "store"}'):
            with self.assertRaises(Unreadable):
                read_event({}, body)


if __name__ == "__main__":
    unittest.main()
