import hmac
import json
import time
import unittest
from base64 import b64encode

from ...errors import BadSignature, Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders, webhook
from ..client import connect


class Answers(Answering):
    """A Walmart that gives access, and then answers everything alike."""

    def access(self, request):
        return b'{"access_token": "SECRET3", "expires_in": 900}' if request.url.endswith("/v3/token") else None

    def client(self, **credentials):
        return connect({"client_id": "id", "client_secret": "SECRET1", **credentials}, self)


def problem(code, words="No."):
    return json.dumps({"errors": {"error": [{"code": code, "description": words}]}}).encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_is_named(self):
        for name, words in (("client_id", "client ID"), ("client_secret", "client secret")):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Answers().client(**{name: " "})

    def test_secrets_go_to_the_sign_in_only_and_are_shown_nowhere(self):
        walmart = Answers(problem("CONTENT_NOT_FOUND.GMP_ORDER_API"), 404)
        client = walmart.client()
        self.assertIsNone(orders.find_order(client, "1"))
        proof = b64encode(b"id:SECRET1").decode()
        told = [proof in request.headers.get("Authorization", "") for request in walmart.asked]
        self.assertEqual(told, [True, False, False])
        self.assertEqual(len({request.headers["WM_QOS.CORRELATION_ID"] for request in walmart.asked}), 3)
        self.assertNotIn("SECRET", repr(client) + "".join(request.url for request in walmart.asked))


class Buckets(unittest.TestCase):
    def test_a_kind_of_call_whose_bucket_is_empty_is_not_made_the_others_are(self):
        replenished = str(int((time.time() + 30) * 1000))
        headers = {"X-Current-Token-Count": "0", "X-Next-Replenishment-Time": replenished}
        walmart = Answers(problem("CONTENT_NOT_FOUND"), 404, **headers)
        client = walmart.client()
        with self.assertRaises(Gone):
            orders.fetch_order(client, "1")
        with self.assertRaises(Busy) as caught:
            orders.fetch_order(client, "2")
        self.assertTrue(25 < caught.exception.retry_after <= 30)
        self.assertEqual(len(walmart.asked), 2)
        with self.assertRaises(Gone):
            client.get("/v3/items", what="x")
        self.assertEqual(len(walmart.asked), 3)


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (
                problem("UNAUTHORIZED.GMP_GATEWAY_API", "Unauthorized token or incorrect authorization header."),
                401,
                Refused,
            ),
            (problem("FORBIDDEN"), 403, Refused),
            (problem("CONTENT_NOT_FOUND.GMP_ORDER_API"), 404, Gone),
            (problem("CONTENT_NOT_FOUND.GMP_ORDER_API"), 400, Gone),
            (problem("INVALID_REQUEST_PARAM.GMP_ORDER_API"), 400, Rejected),
            (problem("REQUEST_THRESHOLD_VIOLATED.GMP_GATEWAY_API"), 429, Busy),
            (problem("SYSTEM_ERROR"), 520, Unreachable),
            (b"<html>Service unavailable</html>", 503, Unreachable),
            (b"<html>Hello</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b'{"order": {', 200, Unreadable),
            (b"[]", 200, Unreadable),
            (b"{}", 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.fetch_order(Answers(body, status).client(), "1"), cases)

    def test_a_write_that_broke_off_may_have_been_applied(self):
        with self.assertRaises(Unanswered):
            Answers(b"", 504).client().post("/v3/orders/1/shipping", {}, what="x")


class Deliveries(unittest.TestCase):
    BODY = b'{"source": {"eventType": "PO_CREATED", "eventId": "e-1"}, "payload": {"purchaseOrderId": "1796"}}'

    def test_a_signed_delivery_is_accepted_and_refused_after_any_byte_changed(self):
        digest = hmac.digest(b"secret", self.BODY, "sha256")
        for written in (digest.hex(), digest.hex().upper(), b64encode(digest).decode()):
            headers = {webhook.HEADER: written}
            webhook.verify(headers, self.BODY, "secret")
            for place in range(len(self.BODY)):
                forged = bytearray(self.BODY)
                forged[place] ^= 1
                with self.assertRaises(BadSignature):
                    webhook.verify(headers, bytes(forged), "secret")
        for headers, secret in (({}, "secret"), ({webhook.HEADER: "x"}, "secret"), ({webhook.HEADER: "x"}, "")):
            with self.assertRaises(BadSignature):
                webhook.verify(headers, self.BODY, secret)

    def test_what_it_is_about(self):
        event = webhook.read_event({}, self.BODY)
        self.assertEqual((event.topic, event.external_id, event.delivery_id), ("orders", "1796", "e-1"))
        with self.assertRaises(Unreadable):
            webhook.read_event({}, b"{}")


if __name__ == "__main__":
    unittest.main()
