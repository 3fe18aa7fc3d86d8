import json
import unittest

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders
from ..client import connect


class Store(Answering):
    def client(self, **credentials):
        return connect({"store": "abc123", "access_token": "SECRET", **credentials}, self)


def problem(title, **errors):
    return json.dumps({"status": 422, "title": title, "errors": errors}).encode()


def older(message):
    return json.dumps([{"status": 404, "message": message}]).encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (
            ({"store": ""}, "store hash"),
            ({"store": "https://shop.example"}, "behind /stores/"),
            ({"access_token": " "}, "access token"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Store().client(**credentials)

    def test_the_hash_is_found_in_what_is_pasted_and_the_token_travels_in_a_header_only(self):
        for entered in ("abc123", "https://api.bigcommerce.com/stores/abc123/v3/"):
            store = Store(older("Not found"), 404)
            client = store.client(store=entered)
            self.assertIsNone(orders.find_order(client, "#7"))
            (request,) = store.asked
            self.assertEqual(request.url, "https://api.bigcommerce.com/stores/abc123/v2/orders/7")
            self.assertEqual(request.headers["X-Auth-Token"], "SECRET")
            self.assertNotIn("SECRET", repr(client) + request.url + repr(request.params))


class Quota(unittest.TestCase):
    def test_the_last_calls_of_a_window_are_left_to_others(self):
        store = Store(
            older("Not found"), 404, **{"X-Rate-Limit-Requests-Left": "5", "X-Rate-Limit-Time-Reset-Ms": "12000"}
        )
        client = store.client()
        now = [100.0]
        client._clock = lambda: now[0]
        self.assertIsNone(orders.find_order(client, "7"))
        with self.assertRaises(Busy) as caught:
            orders.find_order(client, "7")
        self.assertEqual((round(caught.exception.retry_after), len(store.asked)), (12, 1))
        now[0] += 12.1
        self.assertIsNone(orders.find_order(client, "7"))

    def test_who_comes_too_often_waits_as_long_as_the_answer_says(self):
        with self.assertRaises(Busy) as caught:
            orders.fetch_order(Store(b"", 429, **{"x-rate-limit-time-reset-ms": "15000"}).client(), "7")
        self.assertEqual(caught.exception.retry_after, 15)


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (problem("Unauthorized"), 401, Refused),
            (problem("You don't have a required scope to access the endpoint"), 403, Refused),
            (older("The requested resource was not found."), 404, Gone),
            (problem("JSON data is missing or invalid", name="is required"), 422, Rejected),
            (b'[{"status": 400, "message": "The field \'status_id\' is invalid."}]', 400, Rejected),
            (b"", 429, Busy),
            (b"", 500, Unreachable),
            (b"<html>Store is down for maintenance</html>", 503, Unreachable),
            (b"<html>Hello</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b'{"id": {', 200, Unreadable),
            (b"[]", 200, Unreadable),
            (b"{}", 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.fetch_order(Store(body, status).client(), "1"), cases)

    def test_the_field_that_is_wrong_is_named(self):
        with self.assertRaisesRegex(Rejected, "missing or invalid. name is required"):
            Store(problem("JSON data is missing or invalid", name="is required"), 422).client().put(
                "/v3/x", {}, what="x"
            )

    def test_a_write_that_broke_off_may_have_been_applied(self):
        with self.assertRaises(Unanswered):
            Store(b"", 504).client().post("/v2/orders/1/shipments", {}, what="x")


if __name__ == "__main__":
    unittest.main()
