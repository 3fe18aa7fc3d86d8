import unittest

from rules.demand.history import SHARE_BELIEF, learn

HOURS = 28 * 24


def even(product="sofa", channel="web", units=2.0, at=(12,)):
    return [(day * 24 + hour, channel, product, units) for day in range(28) for hour in at]


class TestHistory(unittest.TestCase):
    def test_a_product_sells_what_it_sold(self):
        history = learn(even("sofa") + even("lamp", units=1.0), HOURS)
        self.assertAlmostEqual(history.rates["sofa"] * HOURS, 56.0, delta=5)
        self.assertAlmostEqual(history.rates["lamp"] * HOURS, 28.0, delta=5)

    def test_a_product_that_sold_nothing_leans_on_the_others_and_stays_small(self):
        counts = [count for number in range(30) for count in even(f"p{number}", units=float(number % 3))]
        history = learn(counts, HOURS, products=["new"])
        self.assertGreater(history.rates["new"], 0.0)
        self.assertLess(history.rates["new"], min(history.rates[f"p{number}"] for number in (1, 2)))

    def test_an_unknown_product_sells_like_the_average_one(self):
        history = learn(even("sofa"), HOURS)
        self.assertEqual(history.rate("never seen", "web", 12), history.new * history.day[12])

    def test_without_any_history_there_is_a_rate_at_all(self):
        history = learn([], HOURS)
        self.assertEqual(history.rates, {})
        self.assertGreater(history.new, 0.0)

    def test_the_day_has_its_busy_hours_and_no_dead_ones(self):
        history = learn(even(at=(20,)), HOURS)
        self.assertAlmostEqual(sum(history.day) / 24, 1.0)
        self.assertEqual(max(history.day), history.day[20])
        self.assertGreater(min(history.day), 0.0)
        self.assertEqual(history.rate("sofa", "web"), history.rate("sofa", "web", 20))

    def test_few_sales_lean_on_the_channels_own_shares(self):
        counts = even("sofa", "web", 30.0) + even("sofa", "market", 10.0) + [(5, "market", "lamp", 2.0)]
        shares = learn(counts, HOURS).shares
        self.assertAlmostEqual(shares["sofa"]["web"], 0.75, delta=0.01)
        self.assertAlmostEqual(shares["lamp"]["web"], 0.75 * SHARE_BELIEF / (SHARE_BELIEF + 2), delta=0.01)
        self.assertAlmostEqual(sum(shares["lamp"].values()), 1.0)
