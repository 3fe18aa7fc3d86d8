"""The pretend shop itself: the same for the same seed, alive in time, exact with money, honest with stock."""

import unittest
from collections import Counter
from dataclasses import replace

from channels.demo.shop import QUIET, Profile, Shop, money
from channels.demo.shop.people import COUNTRIES
from hypothesis import given
from hypothesis import strategies as some

from .common import START, ShopCase, later


class TestLife(ShopCase):
    profile = Profile(history_days=30)

    def setUp(self):
        super().setUp()
        self.shop.advance(START)

    def test_the_same_seed_is_the_same_shop(self):
        twin = self.found("twin")
        twin.advance(START)
        self.assertEqual(twin.orders(), self.shop.orders())
        other = self.found("other", seed="2")
        other.advance(START)
        self.assertNotEqual(other.orders(), self.shop.orders())

    def test_a_month_of_trade_has_everything_a_shop_has(self):
        found = self.shop.orders()
        self.assertTrue(300 < len(found) < 450, len(found))
        for what, values in {
            "status": {"open", "cancelled"},
            "payment": {"paid", "unpaid", "refunded"},
            "fulfilment": {"open", "fulfilled"},
        }.items():
            self.assertLessEqual(values, {order[what] for order in found}, what)
        self.assertGreater(len({order["ship_to"]["country"] for order in found}), 5)
        self.assertTrue(any(order["note"] for order in found) and any(order["gift"] for order in found))
        self.assertTrue(any(order["coupon"] for order in found))
        for kind in ("refund", "return", "payout", "parcel"):
            self.assertTrue(self.shop.papers(kind), kind)

    def test_guests_and_regulars_buy_and_some_regulars_come_again(self):
        buyers = Counter(order["buyer"]["id"] for order in self.shop.orders())
        self.assertGreater(buyers.pop(""), 100)
        self.assertGreater(max(buyers.values()), 1)

    def test_more_is_sold_in_the_evening_than_at_night(self):
        hours = Counter(int(order["created_at"][11:13]) for order in self.shop.orders())
        self.assertGreater(sum(hours[hour] for hour in (18, 19, 20)), 3 * sum(hours[hour] for hour in (0, 1, 2)))

    def test_what_is_old_was_sent_by_hand_and_what_is_new_waits_for_us(self):
        waiting = [order for order in self.shop.orders() if order["status"] == "open" and order["fulfilment"] == "open"]
        self.assertTrue(waiting)
        for order in waiting:
            paid = [payment["paid_at"] for payment in order["payments"]]
            self.assertGreater(max([order["created_at"], *paid]), "2026-02-28")
        before = len(self.shop.papers("parcel"))
        self.shop.advance(later(days=5))
        self.assertEqual(len(self.shop.papers("parcel")), before)

    def test_it_advances_in_steps_or_at_once_and_never_backwards(self):
        steps = [len(self.shop.orders())]
        for hour in range(1, 6):
            self.shop.advance(later(hours=hour))
            steps.append(len(self.shop.orders()))
        self.assertEqual(steps, sorted(steps))
        self.assertGreater(steps[-1], steps[0] + 50)
        self.shop.advance(START)
        self.assertEqual(len(self.shop.orders()), steps[-1])

    def test_a_week_without_anyone_looking_is_an_ordinary_week(self):
        before = len(self.shop.orders())
        self.shop.advance(later(days=7))
        self.assertTrue(60 < len(self.shop.orders()) - before < 180)

    def test_stock_and_sales_of_every_item_add_up(self):
        founding = self.found("fresh", profile=replace(self.profile, history_days=0))
        sold = Counter()
        for order in self.shop.orders():
            for line in order["lines"]:
                if line["kind"] == "product" and order["status"] != "cancelled":
                    sold[line["variant_id"]] += line["quantity"]
        for item in self.shop.items():
            self.assertEqual(self.shop.stock(item.id), founding.stock(item.id) - sold[item.id], item)


class TestCrowd(ShopCase):
    profile = replace(QUIET, stock_each=2)

    def test_a_crowd_buys_until_nothing_is_left_and_never_more(self):
        placed = self.shop.place_random_orders(400)
        self.assertTrue(100 < len(placed) < 400, len(placed))
        self.assertTrue(all(self.shop.stock(item.id) >= 0 for item in self.shop.items()))
        sold = sum(line["quantity"] for order in self.shop.orders() for line in order["lines"] if "sku" in line)
        self.assertEqual(sold, sum(2 - self.shop.stock(item.id) for item in self.shop.items()))

    def test_orders_may_be_spread_over_a_time(self):
        self.shop.place_random_orders(10, now=later(minutes=10), spread=later(minutes=10) - START)
        moments = [order["created_at"] for order in self.shop.orders()]
        self.assertEqual(moments[0], "2026-03-02T09:31:00Z")
        self.assertEqual(moments[-1], "2026-03-02T09:40:00Z")


class TestOpening(ShopCase):
    def test_a_shop_is_found_again_with_all_it_knew(self):
        placed = self.place(("FD-TEA", 1))
        again = Shop(self.shop.store.path, seed="other")
        self.addCleanup(again.close)
        self.assertEqual((again.seed, again.profile, again.founded_at), ("1", self.shop.profile, START))
        self.assertEqual(again.orders(), [placed])

    def test_a_moment_without_its_time_zone_is_refused(self):
        with self.assertRaises((ValueError, TypeError)):
            self.shop.place_order([(self.item("FD-TEA"), 1)], now=START.replace(tzinfo=None))

    def test_several_changes_in_one_happen_all_or_not_at_all(self):
        with self.assertRaises(ZeroDivisionError), self.shop.change():
            self.place(("FD-TEA", 1))
            raise ZeroDivisionError
        self.assertEqual(self.shop.orders(), [])
        self.assertEqual(self.shop.stock(self.item("FD-TEA")), 100)

    def test_every_country_of_the_buyers_has_what_an_address_needs(self):
        for language, given_names, family_names, streets, towns, telephone in COUNTRIES.values():
            self.assertRegex(language, "^[a-z]{2}-[A-Z]{2}$")
            self.assertTrue(given_names.split() and family_names.split())
            self.assertTrue(all("{n}" in street for street in streets) and "{n" in telephone)
            self.assertTrue(all(postcode and town for postcode, town, _state in towns))


class TestMoney(unittest.TestCase):
    @given(some.integers(-(10**12), 10**12))
    def test_cents_survive_the_way_through_text(self, amount):
        self.assertEqual(money.cents(money.text(amount)), amount)

    @given(some.integers(0, 10**9), some.lists(some.integers(0, 10**6), min_size=1, max_size=20))
    def test_parts_add_up_to_the_whole(self, amount, weights):
        parts = money.allocate(amount, weights)
        self.assertEqual(sum(parts), amount if sum(weights) else 0)
        self.assertTrue(all(part >= 0 for part in parts))

    @given(some.integers(0, 10**9), some.integers(0, 60))
    def test_tax_within_is_the_tax_on_what_is_left_but_for_half_a_cent_each(self, gross, rate):
        tax = money.tax_within(gross, rate)
        self.assertLessEqual(abs(money.tax_on(gross - tax, rate) - tax), 1)

    def test_halves_are_rounded_away_from_zero(self):
        self.assertEqual([money.share(5, 1, 2), money.share(-5, 1, 2), money.share(1, 1, 3)], [3, -3, 0])

    def test_what_is_no_amount_is_refused(self):
        for wrong in ("", "1.234", "x", "1e2", "NaN", "1,00", "-", "1.", ".5", "--1", "٣"):
            with self.assertRaises(ValueError, msg=wrong):
                money.cents(wrong)
