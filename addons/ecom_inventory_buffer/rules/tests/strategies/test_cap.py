import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import Cap
from rules.terms import Terms


class TestCap(unittest.TestCase):
    def test_never_more_than_the_cap(self):
        self.assertEqual(Cap(5).apply(8.0, Case(Terms(), 8.0)), 5)
        self.assertEqual(Cap(5).apply(4.0, Case(Terms(), 4.0)), 4.0)

    def test_a_cap_counts_units_and_not_listings(self):
        self.assertEqual(decide(Case(Terms(100.0), 100.0, units=12.0), Rule("", Cap(30))).quantity, 2)

    def test_a_negative_cap_is_refused(self):
        self.assertEqual(Cap(-1).problems(), ["The most to list cannot be negative."])
