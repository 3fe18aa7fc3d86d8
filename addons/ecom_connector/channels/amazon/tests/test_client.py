import json
import unittest

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders
from ..client import connect

CREDENTIALS = {
    "region": "eu",
    "seller": "A1",
    "client_id": "id",
    "client_secret": "SECRET1",
    "refresh_token": "SECRET2",
}
NUMBER = "305-1111111-2222222"


class Answers(Answering):
    """An Amazon that gives access, and then answers everything alike."""

    def access(self, request):
        return b'{"access_token": "SECRET3", "expires_in": 3600}' if request.url.endswith("/auth/o2/token") else None

    def client(self, **credentials):
        return connect({**CREDENTIALS, **credentials}, self)


def problem(code, message="No."):
    return json.dumps({"errors": [{"code": code, "message": message}]}).encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (({"seller": ""}, "merchant token"), ({"region": "moon"}, "na, eu or fe")):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Answers(b"").client(**credentials)

    def test_secrets_go_to_the_sign_in_only_and_are_shown_nowhere(self):
        amazon = Answers(b"", 404)
        client = amazon.client()
        for _time in range(2):
            self.assertIsNone(orders.find_order(client, NUMBER))
        hosts = [request.url.split("/")[2] for request in amazon.asked]
        self.assertEqual(hosts, ["api.amazon.com", *["sellingpartnerapi-eu.amazon.com"] * 2])
        self.assertEqual([b"SECRET1" in request.body for request in amazon.asked], [True, False, False])
        self.assertNotIn("SECRET", repr(client) + "".join(request.url for request in amazon.asked))


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (problem("Unauthorized", "Access to requested resource is denied."), 403, Refused),
            (problem("InvalidInput"), 400, Rejected),
            (problem("NotFound"), 404, Gone),
            (problem("QuotaExceeded"), 429, Busy),
            (problem("InternalFailure"), 500, Unreachable),
            (b"<html>Service unavailable</html>", 503, Unreachable),
            (b"<html>Hello</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b'{"order": {', 200, Unreadable),
            (b"[]", 200, Unreadable),
            (b"{}", 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.fetch_order(Answers(body, status).client(), NUMBER), cases)

    def test_a_write_that_broke_off_may_have_been_applied(self):
        with self.assertRaises(Unanswered):
            Answers(b"", 500).client().post("/orders/v0/orders/1/shipmentConfirmation", {}, what="x")


if __name__ == "__main__":
    unittest.main()
