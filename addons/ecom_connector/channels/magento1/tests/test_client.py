import unittest

from ...errors import Busy, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import orders
from ..client import connect

KEY = "VERYSECRETKEY"
SIGNED_IN = b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><s>session</s></r></e:Body></e:Envelope>'


def fault(code, words="No."):
    said = f"<e:Fault><faultcode>{code}</faultcode><faultstring>{words}</faultstring></e:Fault>"
    return SIGNED_IN.replace(b"<r><s>session</s></r>", said.encode())


class Answers(Answering):
    """A shop that signs us in, and then answers everything alike."""

    def access(self, request):
        return SIGNED_IN if b"<apiKey" in request.body else None

    def client(self, **credentials):
        return connect({"url": "shop.example", "user": "odoo", "key": KEY, "mode": "no", **credentials}, self)


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (({"key": " "}, "API key"), ({"user": ""}, "user name"), ({"mode": "maybe"}, "WS-I")):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                Answers(b"").client(**credentials)

    def test_the_key_is_sent_once_and_shown_nowhere(self):
        shop = Answers(fault(100))
        client = shop.client()
        for _time in range(2):
            self.assertIsNone(orders.find_order(client, "1"))
        self.assertEqual([KEY.encode() in request.body for request in shop.asked], [True, False, False])
        self.assertNotIn(KEY, repr(client))

    def test_an_address_that_is_no_magento_is_said_so(self):
        with self.assertRaisesRegex(Refused, "SOAP API of a Magento 1"):
            Answers(b"<html>Hello</html>").client(mode="").check()


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (fault(2, "Access denied."), 200, Refused),
            (fault(5, "Session expired."), 200, Refused),
            (fault(0, "Unknown Error"), 200, Unreachable),
            (fault(1, "Internal Error. Please see log for details."), 200, Unreachable),
            (fault(1, 'The value of attribute "SKU" must be unique'), 200, Rejected),
            (fault(3, "Invalid api path."), 200, Rejected),
            (fault("SOAP-ENV:Server", "Internal"), 500, Unreachable),
            (b"<html>Maintenance</html>", 503, Unreachable),
            (b"<html>Maintenance</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (SIGNED_IN[:60], 200, Unreadable),
            (b'{"error": 1}', 200, Unreadable),
            (b"", 404, Rejected),
            (b"", 301, Refused),
            (b"", 403, Refused),
            (b"", 429, Busy),
        )
        troubles(self, lambda body, status: orders.fetch_order(Answers(body, status).client(), "1"), cases, KEY)

    def test_a_write_of_which_nobody_knows_may_have_been_applied(self):
        for body, status in ((b"<html>", 200), (fault(0), 200), (b"", 500), (b"", 504)):
            with self.subTest(body=body, status=status), self.assertRaises(Unanswered):
                Answers(body, status).client().ask("salesOrderCancel", "1", what="x")

    def test_a_question_that_was_cut_off_is_no_write(self):
        class Cut(Answers):
            def send(self, request):
                raise Unanswered("cut")

        with self.assertRaises(Unreachable) as caught:
            orders.fetch_order(Cut(b"").client(), "1")
        self.assertIs(type(caught.exception), Unreachable)


if __name__ == "__main__":
    unittest.main()
