"""Access by tokens that rotate: renewed in time, never lost with an answer."""

import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

from channels.demo import client, orders
from channels.demo.shop import QUIET, Shop, ShopTransport
from channels.errors import Refused

NOW = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)


class Kept(dict):
    """Credentials that rotate as the contract says: what `renew` returns is kept before it is used."""

    def rotate(self, renew):
        self.update(renew(dict(self)))
        return self


class Lost(Kept):
    """The process dies when the answer is there and before it is kept."""

    def rotate(self, renew):
        renew(dict(self))
        raise KeyboardInterrupt


class TokenTest(unittest.TestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.now = NOW
        self.shop = Shop(Path(folder.name) / "shop.sqlite", profile=QUIET, now=NOW, clock=lambda: self.now)
        self.addCleanup(self.shop.close)
        self.first = self.shop.grant_tokens(60)

    def connect(self, credentials):
        return client.connect(credentials, ShopTransport(self.shop, lively=False))

    def test_a_client_without_an_access_token_gets_one_and_keeps_both(self):
        kept = Kept(refresh_token=self.first)
        self.assertEqual(self.connect(kept).check().external_id, "demo-1")
        self.assertNotEqual(kept["refresh_token"], self.first)
        self.assertTrue(kept["access_token"])

    def test_a_token_that_ended_is_renewed_in_the_middle_of_work(self):
        kept = Kept(refresh_token=self.first)
        reached = self.connect(kept)
        reached.check()
        before = kept["access_token"]
        self.now += timedelta(seconds=61)
        self.assertEqual(orders.fetch_orders(reached, None).items, ())
        self.assertNotEqual(kept["access_token"], before)

    def test_a_token_that_somebody_else_renewed_is_taken_over(self):
        kept = Kept(refresh_token=self.first)
        one, other = self.connect(kept), self.connect(kept)
        one.check()
        token = kept["access_token"]
        other.check()
        self.assertEqual(kept["access_token"], token)

    def test_an_answer_lost_before_it_was_kept_does_not_disconnect_the_shop(self):
        with self.assertRaises(KeyboardInterrupt):
            self.connect(Lost(refresh_token=self.first)).check()
        kept = Kept(refresh_token=self.first)
        self.assertEqual(self.connect(kept).check().external_id, "demo-1")

    def test_an_old_refresh_token_ends_with_the_first_use_of_the_new_access(self):
        self.connect(Kept(refresh_token=self.first)).check()
        with self.assertRaises(Refused):
            self.connect(Kept(refresh_token=self.first)).check()
