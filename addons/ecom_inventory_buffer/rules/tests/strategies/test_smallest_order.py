import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import BackOrder, Cap, SmallestOrder
from rules.terms import Terms


def shown(free, *strategies, units=1.0):
    return decide(Case(Terms(free), free, units=units), Rule("", *strategies)).quantity


class TestSmallestOrder(unittest.TestCase):
    def test_fewer_than_a_buyer_must_take_are_not_shown(self):
        self.assertEqual(shown(5.0, SmallestOrder(6)), 0)
        self.assertEqual(shown(6.0, SmallestOrder(6)), 6)

    def test_a_cap_below_the_smallest_order_shows_nothing(self):
        found = decide(Case(Terms(20.0), 20.0), Rule("", Cap(5), SmallestOrder(6)))
        self.assertEqual(found.quantity, 0)
        self.assertEqual(found.steps[-1], (SmallestOrder(6), 5, 0))

    def test_it_counts_whole_listings_with_those_on_back_order(self):
        self.assertEqual(shown(24.0, SmallestOrder(3), units=12.0), 0)
        self.assertEqual(shown(24.0, BackOrder(1), SmallestOrder(3), units=12.0), 3)

    def test_a_negative_one_is_refused(self):
        self.assertEqual(SmallestOrder(-1).problems(), ["The smallest order cannot be negative."])
