import random
import unittest

from rules.decide import Case, decide, decide_pool
from rules.risk.exposure import Latest, Reach
from rules.rule import Rule
from rules.strategies import Allocation, BackOrder, Cap, Fixed, LastUnits, LowStock, Percent, RiskSized, ZeroAt
from rules.terms import Terms


def case(free, **values):
    return Case(Terms(free), free, **values)


class TestDecide(unittest.TestCase):
    def test_the_order_of_operations_is_that_of_the_sum(self):
        # 20 free: less 3 = 17; 50 % = 8.5; 7 left of the allocation; not low; at most 6.
        rule = Rule("", Cap(6), ZeroAt(5), Allocation(9), Percent(50), Fixed(3))
        found = decide(case(20.0, sold=2), rule)
        self.assertEqual([after for _strategy, _before, after in found.steps], [17.0, 8.5, 7.0, 6])
        self.assertEqual(found.quantity, 6)

    def test_eleven_units_make_no_listing_of_twelve(self):
        self.assertEqual(decide(case(11.0, units=12.0), Rule("")).quantity, 0)
        self.assertEqual(decide(case(35.0, units=12.0), Rule("")).quantity, 2)

    def test_float_dust_costs_no_listing(self):
        self.assertEqual(decide(case(11.9999999, units=12.0), Rule("")).quantity, 1)
        self.assertEqual(decide(case(0.0000001), Rule("")).quantity, 0)

    def test_each_listing_is_rounded_by_itself(self):
        shown = [decide(case(10.0, units=units), Rule("")).quantity for units in (1.0, 3.0, 4.0, 0.5)]
        self.assertEqual(shown, [10, 3, 2, 20])

    def test_a_buffer_above_the_stock_shows_nothing(self):
        self.assertEqual(decide(case(3.0), Rule("", Fixed(5))).quantity, 0)

    def test_negative_stock_shows_nothing(self):
        self.assertEqual(decide(case(-3.0), Rule("")).quantity, 0)

    def test_what_changed_nothing_is_no_step(self):
        self.assertEqual(decide(case(3.0), Rule("", Cap(5))).steps, ())

    def test_any_rule_shows_whole_listings_of_what_is_there(self):
        chance = random.Random(5)
        for _ in range(2000):
            free = round(chance.uniform(-5, 60), chance.choice((0, 3)))
            units = chance.choice((1.0, 2.0, 12.0))
            offered = (Fixed(3), Percent(60), Allocation(20), ZeroAt(4), LastUnits(5, "web"), Cap(15))
            strategies = chance.sample(offered, chance.randint(0, 6))
            low = [LowStock(chance.randint(0, 9), (Percent(30),))] if chance.random() < 0.3 else []
            subject = case(free, units=units, channel=chance.choice(("web", "market")), sold=chance.randint(0, 9))
            quantity = decide(subject, Rule("", *strategies, *low)).quantity
            self.assertIsInstance(quantity, int)
            self.assertGreaterEqual(quantity, 0)
            self.assertLessEqual(quantity * units, max(0.0, free) + 1e-5)


HOT, COLD = 0.2, 1e-9  # orders a second
FAST, SLOW = (5.0, 3.0), (900.0, 160.0)


def pool(free, rate, rules=None, latest=None, others=()):
    reaches = [Reach(rate * 0.6, *FAST, 0.6), Reach(rate * 0.4, *SLOW, 0.4)]
    rules = rules or [Rule("risk", RiskSized(0.5))] * 2
    cases = [case(free, channel="web"), case(free, channel="market")]
    latest = latest or Latest(age=0.0)
    return [found.quantity for found in decide_pool(cases, rules, reaches, latest, others=others)]


class TestPool(unittest.TestCase):
    def test_nothing_is_hidden_while_hardly_anybody_buys(self):
        self.assertEqual(pool(5.0, COLD), [5, 5])

    def test_the_last_unit_is_on_one_channel_where_a_buffer_would_put_it_on_none(self):
        self.assertEqual(sorted(pool(1.0, HOT)), [0, 1])

    def test_plenty_of_stock_is_shown_everywhere(self):
        self.assertEqual(pool(1_000_000.0, HOT), [1_000_000, 1_000_000])

    def test_what_another_rule_decides_is_left_to_it_and_counted_as_demand(self):
        rules = [Rule("all", Fixed(0)), Rule("risk", RiskSized(0.5))]
        self.assertEqual(pool(1.0, HOT, rules), [1, 0])

    def test_a_till_that_asks_nobody_takes_from_all(self):
        till = Reach(HOT, 0.0, 60.0, 0.5, limited=False)
        self.assertEqual(pool(3.0, COLD), [3, 3])
        self.assertLess(sum(pool(3.0, COLD, others=(till,))), 6)

    def test_without_a_risk_in_any_rule_nobody_works_one_out(self):
        self.assertEqual(pool(5.0, HOT, [Rule("", Fixed(1)), Rule("", BackOrder(2))]), [4, 7])

    def test_no_stock_shows_nothing(self):
        self.assertEqual(pool(0.0, HOT), [0, 0])
        self.assertEqual(pool(-4.0, HOT), [0, 0])
