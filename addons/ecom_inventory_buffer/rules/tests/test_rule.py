import datetime
import unittest

from rules.rule import BadRule, Rule
from rules.strategies import (
    ORDER,
    Allocation,
    BackOrder,
    Cap,
    Constant,
    Fixed,
    LowStock,
    Percent,
    PreOrder,
    RiskSized,
    ZeroAt,
)


class TestRule(unittest.TestCase):
    def test_the_order_is_fixed_whatever_was_written_first(self):
        rule = Rule("", Cap(5), BackOrder(2), ZeroAt(1), Percent(80), Fixed(2), Allocation(9))
        kinds = [type(strategy) for half in rule.halves(100.0) for strategy in half]
        self.assertEqual(kinds, [Fixed, Percent, Allocation, ZeroAt, Cap, BackOrder])

    def test_every_strategy_has_its_place(self):
        self.assertEqual(len(set(ORDER)), len(ORDER))
        self.assertNotIn(LowStock, ORDER)

    def test_the_same_said_twice_is_refused(self):
        with self.assertRaisesRegex(BadRule, "same thing twice"):
            Rule("", Fixed(1), Fixed(2))

    def test_a_constant_beside_what_looks_at_the_stock_is_refused(self):
        for other in (Fixed(1), Percent(50), RiskSized(1), Allocation(5)):
            with self.subTest(other=other), self.assertRaisesRegex(BadRule, "does not look at the stock"):
                Rule("", Constant(5), other)

    def test_pre_orders_and_back_orders_together_are_refused(self):
        with self.assertRaisesRegex(BadRule, "remove the back-orders"):
            Rule("", PreOrder(datetime.date(2026, 1, 1), 5), BackOrder(5))

    def test_all_problems_are_told_at_once(self):
        with self.assertRaises(BadRule) as caught:
            Rule("", Fixed(-1), Percent(300))
        self.assertIn("The buffer cannot be negative.", str(caught.exception))
        self.assertIn("more than 100", str(caught.exception))

    def test_stock_can_be_low_in_one_way_only(self):
        with self.assertRaisesRegex(BadRule, "one way only"):
            Rule("", LowStock(5, (Cap(1),)), LowStock(3, (Cap(2),)))
