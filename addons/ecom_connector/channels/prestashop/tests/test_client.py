import unittest
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from ...errors import Busy, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ...tests.answering import Answering, troubles
from .. import clock, orders
from ..client import connect
from ..shop import setting

PARIS = ZoneInfo("Europe/Paris")
KEY = "VERYSECRETKEY"


class OneAnswer(Answering):
    """A shop that answers everything alike."""

    def client(self, **credentials):
        return connect({"url": "https://shop.example/api/", "key": KEY, "timezone": "UTC", **credentials}, self)


def problem(code, message="No."):
    said = f"<errors><error><code>{code}</code><message><![CDATA[{message}]]></message></error></errors>"
    return f"<prestashop>{said}</prestashop>".encode()


class Connecting(unittest.TestCase):
    def test_what_is_missing_or_wrong_is_named(self):
        for credentials, words in (
            ({"key": " "}, "web service key"),
            ({"url": ""}, "address"),
            ({"timezone": "Europe/Atlantis"}, "no time zone"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(Refused, words):
                OneAnswer(b"").client(**credentials)

    def test_the_key_travels_in_a_header_only(self):
        shop = OneAnswer(b"<prestashop><orders/></prestashop>")
        client = shop.client(shop="2")
        client.find("orders", {}, what="x")
        (request,) = shop.asked
        self.assertEqual(request.headers["Authorization"], "Basic VkVSWVNFQ1JFVEtFWTo=")
        self.assertEqual(dict(request.params), {"display": "full", "id_shop": "2"})
        self.assertNotIn(KEY, repr(client) + request.url + repr(request.params))

    def test_a_time_zone_nobody_knows_is_asked_for_in_words(self):
        with self.assertRaisesRegex(Refused, "Enter it"):
            setting(OneAnswer(problem(26), 401).client(), "PS_TIMEZONE")

    def test_an_address_that_is_no_prestashop_is_said_so(self):
        for body in (b"<html><body>Hello</body></html>", b"", b"<prestashop/>"):
            with self.subTest(body=body), self.assertRaisesRegex(Refused, "web service of a PrestaShop"):
                OneAnswer(body).client().check()


class WhatAnswersMean(unittest.TestCase):
    def test_every_kind_of_trouble_says_what_to_do_next(self):
        cases = (
            (problem(18, "Invalid authentication key format"), 401, Refused),
            (problem(26), 401, Refused),
            (problem(25), 405, Refused),
            (problem(22, "The PrestaShop webservice is disabled."), 503, Refused),
            (b"<html>Maintenance</html>", 503, Unreachable),
            (b"", 404, Gone),
            (problem(32), 400, Rejected),
            (problem(127, "XML error"), 500, Rejected),
            (problem(2, "[PHP Warning #2] mysql has gone away"), 500, Unreachable),
            (b"", 500, Unreachable),
            (b"", 301, Refused),
            (b"", 429, Busy),
            (b"<html>Maintenance</html>", 200, Unreadable),
            (b"", 200, Unreadable),
            (b"<prestashop><orders><order>", 200, Unreadable),
            (b'{"orders": []}', 200, Unreadable),
        )
        troubles(self, lambda body, status: orders.find_order(OneAnswer(body, status).client(), "X"), cases, KEY)

    def test_a_write_that_broke_off_may_have_been_applied(self):
        row = orders.fields.parse(b"<order_history/>")
        with self.assertRaises(Unanswered):
            OneAnswer(b"", 500).client().post("order_histories", row, what="x")


class TheShopsClock(unittest.TestCase):
    def test_what_the_shop_writes_is_local_time(self):
        self.assertEqual(clock.read("2026-07-01 10:00:00", PARIS), datetime(2026, 7, 1, 8, tzinfo=timezone.utc))
        self.assertIsNone(clock.read("0000-00-00 00:00:00", PARIS))
        with self.assertRaises(Unreadable):
            clock.read("2026-13-01 10:00:00", PARIS)

    def test_a_question_begins_early_enough_for_the_hour_that_comes_twice(self):
        asked = clock.earliest(datetime(2026, 10, 25, 0, 50, tzinfo=timezone.utc), PARIS)
        self.assertEqual(asked, "2026-10-25 01:50:00")
        self.assertEqual(clock.latest(datetime(2026, 10, 25, 1, 10, tzinfo=timezone.utc), PARIS), "2026-10-25 03:10:00")
        self.assertEqual(clock.earliest(datetime(2026, 7, 1, tzinfo=timezone.utc), PARIS), "2026-07-01 02:00:00")

    def test_versions_only_grow_over_the_hour_that_comes_twice(self):
        stated = ["01:59:59", "02:00:00", "02:59:59", "03:00:00"]
        versions = [clock.version_moment(f"2026-10-25 {time}", PARIS) for time in stated]
        self.assertEqual(versions, sorted(versions))
        self.assertEqual(versions[1], versions[2])


if __name__ == "__main__":
    unittest.main()
