import unittest

from rules.decide import Case, decide
from rules.rule import BadRule, Rule
from rules.strategies import Cap, Fixed, LowStock, Percent
from rules.terms import Terms


def shown(free):
    rule = Rule("", Fixed(1), LowStock(5, (Percent(50),)))
    return decide(Case(Terms(free), free), rule).quantity


class TestLowStock(unittest.TestCase):
    def test_other_strategies_replace_the_rules_own_while_stock_is_low(self):
        self.assertEqual(shown(6.0), 5)
        self.assertEqual(shown(5.0), 2)

    def test_its_strategies_are_checked_too(self):
        for strategies in ((), (Percent(120),), (Fixed(1), Fixed(2)), (LowStock(2, (Cap(1),)),)):
            with self.subTest(strategies=strategies), self.assertRaises(BadRule):
                Rule("", LowStock(5, strategies))
