import json
import unittest
from base64 import b64encode
from decimal import Decimal

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders
from ..client import connect, read_vat

CREDENTIALS = {
    "client_id": "Odoo-App-PRD-1",
    "client_secret": "SECRET1",
    "refresh_token": "SECRET2",
    "marketplace": "EBAY_US",
}


class Answers(Answering):
    """An eBay that gives access, and then answers everything alike."""

    def access(self, request):
        return b'{"access_token": "SECRET3", "expires_in": 7200}' if request.url.endswith("/oauth2/token") else None

    def client(self, **credentials):
        return connect({**CREDENTIALS, **credentials}, self)


def problem(number, message="No."):
    return json.dumps({"errors": [{"errorId": number, "message": message}]}).encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (
            ({"client_id": ""}, "App ID"),
            ({"refresh_token": " "}, "user refresh token"),
            ({"marketplace": "EBAY_MOON"}, "one of EBAY_US"),
            ({"vat": "DE nineteen"}, "DE 19, AT 20"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Answers().client(**credentials)

    def test_vat_is_understood_as_people_write_it(self):
        self.assertEqual(read_vat("DE 19, at:20;FR=5.5"), {"DE": 19, "AT": 20, "FR": Decimal("5.5")})

    def test_secrets_go_to_the_sign_in_only_and_are_shown_nowhere(self):
        ebay = Answers(problem(32100), 404)
        client = ebay.client()
        for _time in range(2):
            self.assertIsNone(orders.find_order(client, "12-1"))
        proof = b64encode(b"Odoo-App-PRD-1:SECRET1").decode()
        self.assertEqual([proof in r.headers["Authorization"] for r in ebay.asked], [True, False, False])
        self.assertNotIn("SECRET", repr(client) + "".join(request.url for request in ebay.asked))

    def test_a_sandbox_is_told_by_its_app_id(self):
        ebay = Answers(problem(32100), 404)
        orders.find_order(ebay.client(client_id="Odoo-App-SBX-1"), "1")
        self.assertEqual({request.url.split("/")[2] for request in ebay.asked}, {"api.sandbox.ebay.com"})

    def test_a_user_token_that_ended_is_asked_for_in_words(self):
        class Ended(Answers):
            def access(self, request):
                return None

        said = b'{"error": "invalid_grant", "error_description": "the provided authorization grant code is invalid"}'
        with self.assertRaisesRegex(Refused, "new user token"):
            orders.fetch_order(Ended(said, 400).client(), "1")


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (problem(1001, "Invalid access token"), 401, Refused),
            (problem(1100, "Access denied"), 403, Refused),
            (problem(32100, "Invalid order ID"), 404, Gone),
            (problem(32100, "Invalid order ID"), 400, Gone),
            (problem(30850, "Invalid date format"), 400, Rejected),
            (problem(2001, "Too many requests"), 429, Busy),
            (problem(30500, "System error"), 500, Unreachable),
            (b"<html>Service unavailable</html>", 503, Unreachable),
            (b"<html>Hello</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b'{"orderId": {', 200, Unreadable),
            (b"[]", 200, Unreadable),
            (b"{}", 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.fetch_order(Answers(body, status).client(), "1"), cases)

    def test_a_missing_scope_is_named_by_the_check_and_a_wrong_keyset_refused(self):
        missing = Answers(problem(1100, "Insufficient permissions"), 403).client().check().missing_scopes
        self.assertEqual(len(missing), 4)
        self.assertTrue(all("scope" in words for words in missing))
        with self.assertRaises(Refused):
            Answers(problem(1001, "Invalid access token"), 401).client().check()

    def test_a_write_that_broke_off_may_have_been_applied(self):
        with self.assertRaises(Unanswered):
            Answers(b"", 500).client().post("/sell/fulfillment/v1/order/1/shipping_fulfillment", {}, what="x")
        with self.assertRaises(Unreachable) as caught:
            Answers(b"", 500).client().post("/sell/inventory/v1/bulk_get_inventory_item", {}, what="x", reads=True)
        self.assertIs(type(caught.exception), Unreachable)


if __name__ == "__main__":
    unittest.main()
