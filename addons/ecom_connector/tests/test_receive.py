from datetime import datetime, timedelta, timezone

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..channels.errors import Refused, Unreachable
from ..channels.records import Page, Raw
from ..flow.receive import OVERLAP
from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestReceive(InboundCase, TransactionCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel()
        self.shop = self.make_shop(self.channel)
        self.receive = self.env["ecom.flow.receive"]
        self.cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")

    def poll(self):
        """All pages there are, as the engine asks for them. Returns (when to ask again, how many pages)."""
        for pages in range(1, 50):
            question = self.receive._question(self.channel)
            next_try = self.receive._store_page(self.channel, question, self.receive._ask(question))
            if next_try:
                return next_try, pages
        self.fail("The pages never end")

    # -------------------------------------------------------------------- file
    def test_what_came_is_stored_byte_by_byte(self):
        body = bytes(range(256)) * 3
        message = self.store(external_id="7", version="1", body=body, content_type="application/json")
        self.assertRecordValues(
            message,
            [
                {
                    "direction": "in",
                    "topic": "orders",
                    "external_id": "7",
                    "version": "1",
                    "state": "waiting",
                    "hint": False,
                    "company_id": self.channel.company_id.id,
                }
            ],
        )
        self.assertEqual(bytes(message.sudo().payload_ids.body), body)
        self.assertEqual(message.sudo().payload_ids.content_type, "application/json")

    def test_the_same_event_is_stored_once_however_often_it_comes(self):
        item = {"event_key": "delivery:1", "external_id": "7", "version": "1", "body": b"{}", "hint": True}
        other = {**item, "event_key": "delivery:2"}
        counts = [self.receive._store(self.channel, [item, item]), self.receive._store(self.channel, [item, other])]
        self.assertEqual(counts, [1, 1])
        self.assertEqual(self.messages().mapped("event_key"), ["delivery:1", "delivery:2"])

    def test_five_four_five_are_three_events(self):
        for version in ("1", "2", "3"):
            self.store(external_id="stock", version=version, body=b"5" if version != "2" else b"4")
        self.assertEqual(len(self.messages()), 3)

    def test_two_channels_may_know_the_same_event_by_the_same_key(self):
        other = self.make_channel(name="Other Shop")
        self.store(external_id="7", version="1", body=b"{}")
        self.store(channel=other, external_id="7", version="1", body=b"{}")
        self.assertEqual(self.env["ecom.message"].search_count([("event_key", "=", "orders:7:1")]), 2)

    def test_ids_that_no_database_keeps_lose_nothing_of_the_body(self):
        for hostile in ("7\0", "\ud800", "x" * 5000, "a\nb"):
            item = {"event_key": f"orders:{hostile}:1", "external_id": hostile, "version": "1", "hint": False}
            self.assertEqual(
                self.receive._store(self.channel, [{**item, "body": hostile.encode("utf-8", "replace")}]), 1
            )
        self.assertEqual(self.messages().mapped("external_id"), [False] * 4)
        self.assertEqual(bytes(self.messages().sudo().payload_ids[0].body), b"7\0")

    # -------------------------------------------------------------------- poll
    def test_going_live_takes_open_orders_of_any_age_and_then_what_changes(self):
        now = datetime.now(timezone.utc)
        old = self.place_order(now=now - timedelta(days=200))
        shipped = self.place_order(now=now - timedelta(days=150))
        self.shop.cancel_order(shipped["id"], now=now - timedelta(days=149))
        self.channel.go_live = now.replace(tzinfo=None) - timedelta(days=1)
        recent = self.place_order(now=now - timedelta(hours=1))
        self.poll()
        self.assertEqual(set(self.messages().mapped("external_id")), {old["id"], recent["id"]})
        self.assertEqual(self.cursor.read_until, datetime.fromisoformat(recent["updated_at"]).replace(tzinfo=None))

    def test_going_live_from_a_date_leaves_older_open_orders_alone(self):
        now = datetime.now(timezone.utc)
        self.place_order(now=now - timedelta(days=200))
        recent = self.place_order(now=now - timedelta(hours=1))
        self.channel.write({"go_live": now.replace(tzinfo=None) - timedelta(days=1), "open_orders_only": False})
        self.poll()
        self.assertEqual(self.messages().mapped("external_id"), [recent["id"]])

    def test_pages_are_read_to_the_end_and_the_cursor_moves_with_the_last_one(self):
        self.shop.place_random_orders(120, spread=timedelta(hours=2))
        question = self.receive._question(self.channel)
        page = self.receive._ask(question)
        self.assertIsNone(self.receive._store_page(self.channel, question, page))
        self.assertTrue(self.cursor.position)
        self.assertFalse(self.cursor.read_until)
        self.poll()
        orders = self.shop.orders()
        self.assertEqual(len(self.messages()), len(orders))
        self.assertFalse(self.cursor.position)
        latest = max(datetime.fromisoformat(order["updated_at"]) for order in orders)
        self.assertEqual(self.cursor.read_until, latest.replace(tzinfo=None))

    def test_each_poll_looks_back_a_little_and_stores_nothing_twice(self):
        self.place_order()
        self.poll()
        before = len(self.messages())
        question = self.receive._question(self.channel)
        self.assertEqual(question.since.replace(tzinfo=None), self.cursor.read_until - OVERLAP)
        self.assertEqual(len(self.receive._ask(question).items), 1)
        self.poll()
        self.assertEqual(len(self.messages()), before)

    def test_a_quiet_shop_does_not_move_the_cursor_by_our_clock(self):
        self.place_order()
        self.poll()
        before = self.cursor.read_until
        next_try, _pages = self.poll()
        self.assertEqual(self.cursor.read_until, before)
        self.assertAlmostEqual(
            next_try,
            datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(seconds=20),
            delta=timedelta(seconds=5),
        )

    def test_a_change_is_a_new_message_of_the_same_order(self):
        order = self.place_order()
        self.poll()
        self.shop.edit_order(order["id"], note="Ring twice")
        self.poll()
        self.assertEqual(self.messages().mapped("external_id"), [order["id"]] * 2)
        first, second = self.messages().mapped("version")
        self.assertLess(first, second)

    def test_a_channel_that_repeats_a_page_for_ever_is_found_out(self):
        self.shop.place_random_orders(60)
        question = self.receive._question(self.channel)
        page = self.receive._ask(question)
        self.receive._store_page(self.channel, question, page)
        again = self.receive._question(self.channel)
        self.assertEqual(again.token, page.next)
        with self.assertRaisesRegex(Exception, "same page"):
            self.receive._store_page(self.channel, again, Page(items=page.items, next=again.token))

    def test_a_page_that_the_channel_still_puts_together_is_waited_for_and_may_be_asked_for_again(self):
        for _turn in range(2):
            question = self.receive._question(self.channel)
            later = self.receive._store_page(self.channel, question, Page(next="file", wait=30))
            self.assertGreater(later, fields.Datetime.now())
        self.assertEqual(self.receive._question(self.channel).token, "file")
        self.assertFalse(self.cursor.fresh_at)

    def test_a_token_that_fails_again_and_again_is_dropped(self):
        self.cursor.write({"position": "expired", "failures": 2})
        self.assertEqual(self.receive._question(self.channel).token, "expired")
        self.cursor.failures = 3
        self.assertEqual(self.receive._question(self.channel).token, "")

    def test_trouble_of_the_shop_is_raised_for_the_engine(self):
        for fault, error in (("down", Unreachable), ("cut_before", Unreachable)):
            self.shop.misbehave("orders.list", fault, times=1)
            with self.assertRaises(error):
                self.receive._ask(self.receive._question(self.channel))
        self.channel._set_credentials({"api_key": "wrong"})
        with self.assertRaises(Refused):
            self.receive._ask(self.receive._question(self.channel))

    def test_an_earlier_going_live_brings_what_lies_in_between(self):
        now = datetime.now(timezone.utc)
        self.channel.write({"open_orders_only": False, "go_live": (now - timedelta(days=1)).replace(tzinfo=None)})
        older = self.place_order(now=now - timedelta(days=30))
        self.place_order(now=now - timedelta(hours=1))
        self.poll()
        self.assertNotIn(older["id"], self.messages().mapped("external_id"))
        self.channel.go_live = (now - timedelta(days=60)).replace(tzinfo=None)
        self.poll()
        self.assertIn(older["id"], self.messages().mapped("external_id"))

    def test_wanting_older_open_orders_after_all_brings_them(self):
        now = datetime.now(timezone.utc)
        older = self.place_order(now=now - timedelta(days=300))
        self.channel.write({"open_orders_only": False, "go_live": now.replace(tzinfo=None)})
        self.poll()
        self.assertFalse(self.messages())
        self.channel.open_orders_only = True
        self.poll()
        self.assertEqual(self.messages().mapped("external_id"), [older["id"]])

    def test_a_page_that_was_asked_for_before_the_beginning_moved_does_not_move_it_back(self):
        now = datetime.now(timezone.utc)
        self.place_order(now=now - timedelta(hours=1))
        self.poll()
        question = self.receive._question(self.channel)
        self.channel._read_orders_since(datetime(2026, 1, 1))
        self.receive._store_page(self.channel, question, self.receive._ask(question))
        self.assertEqual(self.cursor.read_until, datetime(2026, 1, 1))

    # ------------------------------------------------------------------- wishes
    def test_one_order_is_fetched_by_its_number_whatever_its_age(self):
        order = self.place_order(now=datetime.now(timezone.utc) - timedelta(days=400))
        message = self.receive._fetch_number(self.channel, f" {order['number']} ")
        self.assertEqual(message.external_id, order["id"])
        self.assertEqual([reading.order.number for reading in self.reading(message).values()], [order["number"]])

    def test_the_same_order_can_be_fetched_again(self):
        order = self.place_order()
        first = self.receive._fetch_number(self.channel, order["number"])
        self.assertNotEqual(self.receive._fetch_number(self.channel, order["number"]), first)

    def test_an_unknown_number_and_a_shop_that_is_down_are_said_in_plain_words(self):
        with self.assertRaisesRegex(UserError, "Test Shop knows no order 4711"):
            self.receive._fetch_number(self.channel, "4711")
        self.shop.misbehave("orders.list", "down", times=1)
        with self.assertRaises(UserError):
            self.receive._fetch_number(self.channel, "4711")

    def test_a_range_of_dates_is_read_between_the_polls_page_by_page(self):
        now = datetime.now(timezone.utc)
        self.shop.place_random_orders(70, now=now - timedelta(days=300), spread=timedelta(days=2))
        self.shop.place_random_orders(5, now=now - timedelta(days=100))
        self.channel.write({"go_live": now.replace(tzinfo=None), "open_orders_only": False})
        self.poll()
        self.assertFalse(self.messages())
        since = now.replace(tzinfo=None) - timedelta(days=303)
        self.receive._fetch_range(self.channel, since, since + timedelta(days=10))
        with self.assertRaises(UserError):
            self.receive._fetch_range(self.channel, since, since + timedelta(days=10))
        _next_try, pages = self.poll()
        self.assertEqual((pages, len(self.messages())), (2, 70))
        self.assertFalse(self.cursor.wish_until)
        self.assertEqual(len(self.reading()), 70, "Orders that were asked for are taken though they are older")

    def test_a_range_waits_while_a_poll_is_due(self):
        self.receive._fetch_range(self.channel, datetime(2020, 1, 1), datetime(2021, 1, 1))
        self.assertFalse(self.receive._question(self.channel).wish)
        self.poll()
        self.assertTrue(self.receive._question(self.channel).wish)

    def test_a_range_that_ends_before_it_begins_is_refused(self):
        with self.assertRaises(UserError):
            self.receive._fetch_range(self.channel, datetime(2026, 2, 1), datetime(2026, 1, 1))

    def test_a_raw_without_a_moment_does_not_move_the_cursor(self):
        self.cursor.read_until = datetime(2026, 5, 1)
        question = self.receive._question(self.channel)
        self.receive._store_page(self.channel, question, Page(items=(Raw(external_id="1", version="", body=b"{}"),)))
        self.assertEqual(self.cursor.read_until, datetime(2026, 5, 1))
