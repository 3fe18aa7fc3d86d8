import json
import unittest

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders
from ..client import connect

ALL = {"consumer_key": "key", "consumer_secret": "SECRET1", "access_token_secret": "SECRET2"}


class Shop(Answering):
    def client(self, **credentials):
        given = {"url": "https://shop.example/rest/V1", "access_token": "SECRET", **credentials}
        return connect(given, self)


def problem(message, parameters=None):
    return json.dumps({"message": message, "parameters": parameters}).encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (
            ({"url": ""}, "address"),
            ({"access_token": " "}, "access token"),
            ({"consumer_key": "key"}, "none of the three"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Shop().client(**credentials)

    def test_with_all_four_keys_nothing_secret_travels_at_all(self):
        shop = Shop(b'{"items": [], "total_count": 0}')
        client = shop.client(**ALL, access_token="token")
        for _time in range(2):
            self.assertIsNone(orders.find_order(client, "000000042"))
        said = [request.headers["Authorization"] for request in shop.asked]
        self.assertTrue(all(text.startswith("OAuth ") and 'oauth_token="token"' in text for text in said))
        self.assertNotEqual(said[0], said[1])
        self.assertNotIn("SECRET", repr(client) + "".join(said))
        self.assertEqual(shop.asked[0].url, "https://shop.example/rest/V1/orders")


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        wrong = "The consumer isn't authorized to access %resources."
        cases = (
            (problem(wrong, {"resources": "Magento_Sales::actions_view"}), 401, Refused),
            (problem("Consumer is not authorized to access %resources"), 403, Refused),
            (problem("The entity that was requested doesn't exist."), 404, Gone),
            (problem("Maximum SearchCriteria pageSize is %max", {"max": 20}), 400, Rejected),
            (problem("Too many requests"), 429, Busy),
            (
                problem("Internal Error. Details are available in Magento log file. Report ID: webapi-5"),
                500,
                Unreachable,
            ),
            (problem("The sku %1 is wrong", ["A"]), 500, Rejected),
            (b"<html>Service unavailable</html>", 503, Unreachable),
            (b"<html>Not found</html>", 404, Unreachable),
            (b"", 301, Refused),
            (b"", 302, Unreachable),
            (b"<html>Maintenance</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b'{"entity_id": {', 200, Unreadable),
            (b"[]", 200, Unreadable),
            (b"{}", 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.fetch_order(Shop(body, status).client(), "1"), cases)

    def test_the_words_of_the_shop_are_filled_in(self):
        body = problem("The consumer isn't authorized to access %resources.", {"resources": "Magento_Sales::sales"})
        with self.assertRaisesRegex(Refused, "access Magento_Sales::sales"):
            orders.fetch_order(Shop(body, 401).client(), "1")
        with self.assertRaisesRegex(Rejected, "sku A is"):
            orders.fetch_order(Shop(problem("The sku %1 is wrong", ["A"]), 400).client(), "1")

    def test_a_write_that_broke_off_may_have_been_applied(self):
        with self.assertRaises(Unanswered):
            Shop(b"", 502).client().post("/V1/order/1/ship", {}, what="x")


if __name__ == "__main__":
    unittest.main()
