import unittest
from types import SimpleNamespace
from unittest import TestCase

from channels.errors import Busy, Refused, Rejected, Unanswered, Unreachable
from channels.shopify import api
from channels.shopify.client import Client, connect, shop_address
from channels.shopify.documents import orders, stock

from .pretend import Clock, Store, Wire, said, throttled

TOKEN = SimpleNamespace(token=lambda: "shpat_1", renewable=False)


def client(*answers, clock=None):
    wire, clock = Wire(*answers), clock or Clock()
    made = Client(base="https://a.myshopify.com", access=TOKEN, transport=wire, clock=clock, sleep=clock.sleep)
    return made, wire, clock


class TestAddress(TestCase):
    def test_whatever_people_paste_leads_to_the_shop(self):
        pasted = (
            "my-shop",
            "my-shop.myshopify.com",
            "https://My-Shop.myshopify.com/admin",
            "https://admin.shopify.com/store/my-shop/orders",
        )
        for entered in pasted:
            self.assertEqual(shop_address(entered), "https://my-shop.myshopify.com", entered)

    def test_nothing_but_a_shop_gets_our_secret(self):
        for entered in (
            "",
            "http://evil.example.com",
            "https://a:b@my-shop.myshopify.com",
            "my-shop.myshopify.com.evil.com",
            "https://[1",
        ):
            with self.assertRaises(Refused):
                shop_address(entered)


class TestAsking(TestCase):
    def ask(self, made, document=orders.ORDER_STATE):
        return made.ask(document, {"id": "gid://shopify/Order/1"}, what="Trying")

    def test_a_call_goes_to_the_pinned_version_with_the_token(self):
        made, wire, _clock = client(said({"order": None}))
        self.assertEqual(self.ask(made), {"order": None})
        self.assertTrue(wire.sent[0].url.endswith(f"/admin/api/{api.VERSION}/graphql.json"))
        self.assertEqual(wire.sent[0].headers["X-Shopify-Access-Token"], "shpat_1")
        self.assertEqual(wire.bodies()[0]["operationName"], "OrderState")
        self.assertNotIn("shpat", repr(made))

    def test_what_a_call_costs_is_there_before_it_is_sent_or_it_waits(self):
        made, wire, clock = client(*(said({"order": None}, extensions=left(60)) for _turn in range(3)))
        self.ask(made, orders.ORDERS_BY_ID)
        # The shop said: 60 of 2000 left, 100 more each second, and that this document costs 160.
        self.ask(made, orders.ORDERS_BY_ID)
        self.assertEqual(clock.slept, [1.0])
        self.assertEqual(len(wire.sent), 2)

    def test_who_would_have_to_wait_long_comes_again_later(self):
        made, wire, _clock = client(said({"order": None}, extensions=left(-900)))
        self.ask(made, orders.ORDERS_BY_ID)
        with self.assertRaises(Busy) as caught:
            self.ask(made, orders.ORDERS_BY_ID)
        self.assertEqual((caught.exception.retry_after, len(wire.sent)), (10.6, 1))

    def test_throttled_is_asked_again_and_not_for_ever(self):
        made, wire, clock = client(throttled(50), said({"order": None}))
        self.ask(made)
        self.assertEqual((len(wire.sent), sum(clock.slept)), (2, 0.5))
        made, wire, _clock = client(*[throttled(100)] * 5)
        with self.assertRaises(Busy):
            self.ask(made)
        self.assertEqual(len(wire.sent), 3)

    def test_a_read_is_asked_again_once_and_a_write_never(self):
        made, wire, _clock = client(Unreachable("no"), said({"order": None}))
        self.ask(made)
        self.assertEqual(len(wire.sent), 2)
        for trouble in (Unanswered("cut"), said(status=502), Unreachable("no")):
            made, wire, _clock = client(trouble)
            with self.assertRaises(Unreachable):
                self.ask(made, stock.SET_QUANTITIES)
            self.assertEqual(len(wire.sent), 1)

    def test_a_lost_answer_of_a_write_may_have_been_applied_and_of_a_read_not(self):
        made, _wire, _clock = client(Unanswered("cut"))
        with self.assertRaises(Unanswered):
            self.ask(made, stock.SET_QUANTITIES)
        made, _wire, _clock = client(Unanswered("cut"), Unanswered("cut"))
        with self.assertRaises(Unreachable) as caught:
            self.ask(made)
        self.assertNotIsInstance(caught.exception, Unanswered)

    def test_every_refusal_says_what_to_do(self):
        for status, error in (
            (401, Refused),
            (402, Refused),
            (403, Refused),
            (404, Refused),
            (423, Refused),
            (429, Busy),
            (430, Busy),
            (301, Refused),
        ):
            made, _wire, _clock = client(said(status=status))
            with self.assertRaises(error, msg=status):
                self.ask(made)
        denied = {
            "message": "Access denied",
            "extensions": {"code": "ACCESS_DENIED", "requiredAccess": "`read_orders`"},
        }
        made, _wire, _clock = client(said(errors=[denied]))
        with self.assertRaisesRegex(Refused, "read_orders"):
            self.ask(made)
        made, _wire, _clock = client(said(errors=[{"message": "Field 'x' doesn't exist"}]))
        with self.assertRaises(Rejected):
            self.ask(made)

    def test_a_field_that_only_some_plans_allow_does_not_spoil_the_order(self):
        denied = {"message": "Denied", "path": ["nodes", 0, "staffMember"], "extensions": {"code": "ACCESS_DENIED"}}
        made, _wire, _clock = client(said({"nodes": []}, errors=[denied]))
        self.assertEqual(self.ask(made), {"nodes": []})
        needed = {**denied, "path": ["nodes", 0, "lineItems"]}
        made, _wire, _clock = client(said({"nodes": []}, errors=[needed]))
        with self.assertRaises(Refused):
            self.ask(made)


def left(points):
    status = {"maximumAvailable": 2000, "currentlyAvailable": points, "restoreRate": 100}
    return {"cost": {"requestedQueryCost": 160, "throttleStatus": status}}


def granted(token, seconds=86400, **more):
    import json

    from channels.transport import Response

    return Response(
        status=200, headers={}, body=json.dumps({"access_token": token, "expires_in": seconds, **more}).encode()
    )


class TestAccess(TestCase):
    GIVEN = {"url": "my-shop", "client_id": "id", "client_secret": "secret"}

    def test_client_credentials_get_a_token_that_is_kept_before_it_is_used(self):
        store, wire = Store(self.GIVEN), Wire(granted("shpat_new"), said({"order": None}))
        made = connect(store, wire)
        made.ask(orders.ORDER_STATE, {"id": "1"}, what="Trying")
        self.assertEqual(
            wire.bodies()[0], {"client_id": "id", "client_secret": "secret", "grant_type": "client_credentials"}
        )
        self.assertEqual(store.rotated[0]["fetched_token"], "shpat_new")
        self.assertEqual(wire.sent[1].headers["X-Shopify-Access-Token"], "shpat_new")

    def test_a_refresh_token_counts_once_and_the_next_one_is_kept(self):
        store = Store({**self.GIVEN, "refresh_token": "shprt_1", "fetched_token": "old", "fetched_until": "1"})
        wire = Wire(granted("shpat_2", 3600, refresh_token="shprt_2"), said({"order": None}))
        connect(store, wire).ask(orders.ORDER_STATE, {"id": "1"}, what="Trying")
        self.assertEqual(wire.bodies()[0]["refresh_token"], "shprt_1")
        self.assertEqual(store["refresh_token"], "shprt_2")

    def test_who_finds_that_another_worker_renewed_asks_for_nothing(self):
        renewed = {**self.GIVEN, "fetched_token": "fresh", "fetched_until": "99999999999"}
        store, wire = Store(self.GIVEN, stored=renewed), Wire(said({"order": None}))
        connect(store, wire).ask(orders.ORDER_STATE, {"id": "1"}, what="Trying")
        self.assertEqual((store.rotated, wire.sent[0].headers["X-Shopify-Access-Token"]), ([{}], "fresh"))

    def test_a_token_that_was_taken_away_is_renewed_once(self):
        known = Store({**self.GIVEN, "fetched_token": "revoked", "fetched_until": "99999999999"})
        wire = Wire(said(status=401), granted("again"), said({"order": None}))
        connect(known, wire).ask(orders.ORDER_STATE, {"id": "1"}, what="Trying")
        self.assertEqual(
            [request.headers.get("X-Shopify-Access-Token") for request in wire.sent], ["revoked", None, "again"]
        )

    def test_a_token_entered_by_hand_stays_and_a_wrong_secret_is_said(self):
        wire = Wire(said(status=401))
        with self.assertRaises(Refused):
            connect(Store({**self.GIVEN, "access_token": "shpat_hand"}), wire).ask(
                orders.ORDER_STATE, {"id": "1"}, what="Trying"
            )
        self.assertEqual(len(wire.sent), 1)
        with self.assertRaisesRegex(Refused, "client ID and client secret"):
            connect(Store(self.GIVEN), Wire(said(status=400))).ask(orders.ORDER_STATE, {"id": "1"}, what="Trying")
        with self.assertRaises(Refused):
            connect(Store({"url": "my-shop"}), Wire())


if __name__ == "__main__":
    unittest.main()
