import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import Cap, Constant
from rules.terms import Terms


class TestConstant(unittest.TestCase):
    def test_stock_does_not_matter(self):
        for free in (-5.0, 0.0, 3.0, 500.0):
            self.assertEqual(decide(Case(Terms(free), free), Rule("", Constant(25))).quantity, 25)

    def test_a_cap_still_holds(self):
        self.assertEqual(decide(Case(Terms(), 0.0), Rule("", Cap(10), Constant(25))).quantity, 10)
