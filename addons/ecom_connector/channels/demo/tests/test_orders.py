"""Orders: every figure as the shop states it, every change found, nothing lost between two pages."""

import contextlib
import json
import random
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

from channels import errors
from channels.demo import orders
from channels.demo.shop import QUIET, Habits, Profile
from channels.records import Order
from hypothesis import given, settings
from hypothesis import strategies as some

from .common import ShopCase, all_pages, later, sample


class TestReading(ShopCase):
    def test_the_sample_order_is_read_to_the_cent(self):
        order = orders.parse_order(sample("order.json"))
        self.assertEqual((order.external_id, order.number), ("881001", "DS-1001"))
        self.assertEqual((order.total, order.tax_total), (Decimal("183.03"), Decimal("28.81")))
        lines = [
            (line.kind, line.quantity, line.gross, line.discount, line.total, line.tax_total) for line in order.lines
        ]
        amounts = [
            ("product", "2", "133.17", "13.32", "119.85", "23.97"),
            ("product", "1", "22.63", "2.26", "20.37", "2.04"),
            ("fee", "1", "3.25", "0.00", "3.25", "0.65"),
            ("shipping", "1", "10.75", "0.00", "10.75", "2.15"),
        ]
        self.assertEqual(lines, [(kind, *map(Decimal, figures)) for kind, *figures in amounts])
        self.assertEqual(
            [(tax.code, tax.rate, tax.amount) for tax in order.tax_totals],
            [("standard", Decimal(20), Decimal("26.77")), ("reduced", Decimal(10), Decimal("2.04"))],
        )

    def test_the_sample_order_keeps_who_bought_and_where_it_goes(self):
        order = orders.parse_order(sample("order.json"))
        self.assertEqual((order.buyer.external_id, order.buyer.language), ("7042", "de-AT"))
        self.assertEqual((order.bill_to.city, order.bill_to.country), ("Graz", "AT"))
        self.assertEqual(
            (order.ship_to.name, order.ship_to.street2, order.ship_to.postcode), ("Jürgen Groß", "2. Stock", "20095")
        )
        self.assertEqual(order.created_at, datetime(2026, 3, 2, 9, 31, tzinfo=timezone.utc))
        self.assertEqual(order.ship_by, datetime(2026, 3, 4, 9, 31, tzinfo=timezone.utc))
        self.assertEqual((order.payment, order.payments[0].kind), ("paid", "capture"))
        self.assertIn(("transaction", "20001"), order.references)
        self.assertTrue(order.extra["gift"])

    def test_an_export_with_a_free_gift_has_no_tax_and_is_only_authorized(self):
        order = orders.parse_order(sample("order_export_with_free_gift.json"))
        self.assertEqual((order.total, order.tax_total, order.tax_totals), (Decimal("45.66"), 0, ()))
        self.assertEqual([line.total for line in order.lines], [Decimal("41.58"), 0, Decimal("4.08")])
        self.assertEqual((order.payment, order.buyer.external_id), ("authorized", ""))

    def test_a_refunded_order_keeps_its_lines_and_carries_its_refund(self):
        order = orders.parse_order(sample("order_refunded_in_part.json"))
        self.assertEqual((order.total, order.payment, order.fulfilment), (Decimal("183.03"), "paid", "fulfilled"))
        self.assertEqual([refund.amount for refund in order.refunds], [Decimal("71.91")])

    def test_a_thousand_orders_add_up_to_the_cent(self):
        habits = Habits(coupon=0.5, gift=0.3, express=0.4)
        for currency in ("EUR", "USD", "GBP", "CHF"):
            profile = Profile.of(currency, stock_each=100_000, habits=habits, orders_per_hour=0)
            shop = self.found(currency, profile=profile, seed=currency)
            shop.place_random_orders(250)
            read = [orders.parse_order(raw.body) for raw in all_pages(orders.fetch_orders, self.connected(shop), None)]
            self.assertEqual(len(read), 250)
            for order in read:
                self.assertAddsUp(order)
            self.assertTrue(any(line.discount for order in read for line in order.lines))
            self.assertTrue(any(len(order.tax_totals) == 2 for order in read))

    def assertAddsUp(self, order: Order):
        self.assertEqual(sum(line.gross - line.discount + line.tax_total for line in order.lines), order.total)
        self.assertEqual(sum(line.tax_total for line in order.lines), order.tax_total)
        self.assertEqual(sum(tax.amount for tax in order.tax_totals), order.tax_total)
        for line in order.lines:
            self.assertTrue(line.discount >= 0 and line.total >= 0, line)

    def test_an_edited_order_adds_up_too(self):
        placed = self.place(("FLC-MID-OLV-M", 3), ("BK-KNOTS", 2), coupon="TAKE5", gift=True)
        line = placed["lines"][0]["id"]
        self.shop.edit_order(placed["id"], {line: 1}, add=[(self.item("FD-BAR"), 2)])
        order = orders.parse_order(orders.fetch_order(self.client, placed["id"]).body)
        self.assertAddsUp(order)
        self.assertEqual([line.quantity for line in order.lines if line.kind == "product"], [1, 2, 2])

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(some.data())
    def test_a_mutated_order_is_an_order_or_unreadable_and_nothing_else(self, data):
        paper = json.loads(sample("order_refunded_in_part.json"))
        for _time in range(data.draw(some.integers(1, 3))):
            self.mutate(paper, data)
        with contextlib.suppress(errors.Unreadable):
            self.assertIsInstance(orders.parse_order(json.dumps(paper).encode()), Order)

    @staticmethod
    def mutate(paper, data):
        """Replace or drop something somewhere in the tree."""
        while True:
            keys = list(paper) if isinstance(paper, dict) else list(range(len(paper)))
            if not keys:
                return
            key = data.draw(some.sampled_from(keys))
            if isinstance(paper[key], dict | list) and paper[key] and data.draw(some.booleans()):
                paper = paper[key]
                continue
            if data.draw(some.booleans()):
                del paper[key]
            else:
                odd = (
                    None,
                    "",
                    "x",
                    0,
                    -1,
                    1.5,
                    10**40,
                    "1e9",
                    "NaN",
                    True,
                    [],
                    {},
                    ["x"],
                    {"x": 1},
                    "2026-01-01",
                    "\x00",
                )
                paper[key] = data.draw(some.sampled_from(odd))
            return

    def test_what_is_no_order_is_unreadable_in_plain_words(self):
        whole = sample("order.json")
        hostile = (b"", b"null", b"[]", b"\xff\xfe", whole[: len(whole) // 2], b"[" * 100_000, sample("refund.json"))
        for body in hostile:
            with self.assertRaisesRegex(errors.Unreadable, "cannot be understood"):
                orders.parse_order(body)

    def test_money_that_is_no_exact_text_is_unreadable(self):
        for wrong in (183.03, 18303, "183,03", "1e2", "NaN", "Infinity", " 183.03", "١٢", None):
            paper = {**json.loads(sample("order.json")), "total": wrong}
            with self.assertRaises(errors.Unreadable):
                orders.parse_order(json.dumps(paper).encode())

    def test_a_state_never_heard_of_is_unreadable(self):
        for name in ("status", "payment", "fulfilment"):
            paper = {**json.loads(sample("order.json")), name: "sideways"}
            with self.assertRaisesRegex(errors.Unreadable, "Order DS-1001"):
                orders.parse_order(json.dumps(paper).encode())


class TestFetching(ShopCase):
    def test_every_change_raises_the_version_also_within_one_second(self):
        placed = self.place(("JKT-DOWN-M", 2), ("FD-TEA", 2), payment="authorized")
        order_id, line = placed["id"], placed["lines"][0]["id"]
        versions = [self.version(order_id)]
        for change in (
            lambda: self.shop.edit_order(order_id, {line: 1}),
            lambda: self.shop.pay_order(order_id),
            lambda: self.shop.send_parcel({"key": "p", "order_id": order_id}),
            lambda: self.shop.refund(order_id, {line: 1}, state="pending"),
            lambda: self.shop.complete_refund(self.shop.papers("refund")[0]["id"]),
        ):
            change()
            versions.append(self.version(order_id))
        self.assertEqual(versions, sorted(set(versions)))

    def version(self, order_id):
        raw = orders.fetch_order(self.client, order_id)
        self.assertEqual(raw.version, orders.parse_order(raw.body).version)
        return raw.version

    def test_a_shop_whose_clock_is_told_the_past_still_counts_on(self):
        first = self.shop.place_order([(self.item("FD-TEA"), 1)], now=later(hours=5))
        second = self.shop.place_order([(self.item("FD-TEA"), 1)], now=later(hours=1))
        self.assertEqual(first["updated_at"], second["updated_at"])
        self.assertLess(first["revision"], second["revision"])

    def test_pages_hold_everything_once_when_all_share_one_second(self):
        placed = self.shop.place_random_orders(23)
        self.client.page_size = 5
        found = [raw.external_id for raw in all_pages(orders.fetch_orders, self.client, None)]
        self.assertEqual(found, placed)

    def test_no_order_is_lost_while_orders_change_between_the_pages(self):
        placed = set(self.shop.place_random_orders(40))
        self.client.page_size = 7
        chance, last, token = random.Random(3), {}, ""
        for turn in range(100):
            page = orders.fetch_orders(self.client, None, token=token)
            last |= {raw.external_id: raw.version for raw in page.items}
            if page.next and turn < 8:
                changed = chance.choice(sorted(placed))
                self.shop.edit_order(changed, note=f"changed in turn {turn}")
                placed |= {*self.shop.place_random_orders(1)}
            token = page.next
            if not token:
                break
        self.assertEqual(set(last), placed)
        for order_id, version in last.items():
            self.assertEqual(version, orders.fetch_order(self.client, order_id).version)

    def test_since_is_inclusive_and_looks_back_a_little(self):
        for minute in range(10):
            self.shop.place_random_orders(1, now=later(minutes=minute))
        every = all_pages(orders.fetch_orders, self.client, None)
        since = every[4].updated_at
        self.assertEqual(all_pages(orders.fetch_orders, self.client, since), every[4:])
        until = every[6].updated_at
        self.assertEqual(all_pages(orders.fetch_orders, self.client, since, until), every[4:7])

    def test_an_old_order_that_changes_now_is_found_by_since(self):
        placed = self.place(("FD-TEA", 1))
        self.shop.place_random_orders(3, now=later(days=1))
        self.shop.cancel_order(placed["id"], now=later(days=2))
        found = orders.fetch_orders(self.client, later(days=1, hours=1)).items
        self.assertEqual([raw.external_id for raw in found], [placed["id"]])
        self.assertEqual(orders.parse_order(found[0].body).status, "cancelled")

    def test_only_open_orders_on_request(self):
        sent, cancelled, waiting = (self.place(("FD-TEA", 1))["id"] for _order in range(3))
        self.shop.send_parcel({"key": "p", "order_id": sent})
        self.shop.cancel_order(cancelled)
        found = all_pages(orders.fetch_orders, self.client, None, open_only=True)
        self.assertEqual([raw.external_id for raw in found], [waiting])

    def test_an_order_is_found_by_the_number_the_buyer_knows(self):
        placed = self.place(("FD-TEA", 1))
        self.assertEqual(orders.find_order(self.client, placed["number"]).external_id, placed["id"])
        self.assertIsNone(orders.find_order(self.client, "DS-9"))

    def test_an_order_that_is_not_there_is_gone(self):
        for strange in ("9", "../shop", "a b?c=d", ""):
            with self.assertRaises(errors.ChannelError) as caught:
                orders.fetch_order(self.client, strange)
            self.assertIsInstance(caught.exception, errors.Gone | errors.Unreadable)

    def test_new_orders_arrive_while_one_looks(self):
        profile = replace(QUIET, orders_per_hour=60)
        shop = self.found("lively", profile=profile)
        reached = self.connected(shop)
        shop.clock = lambda: later(minutes=10)
        first = len(orders.fetch_orders(reached, None).items)
        shop.clock = lambda: later(minutes=30)
        second = len(orders.fetch_orders(reached, None).items)
        self.assertTrue(0 < first < second, (first, second))
