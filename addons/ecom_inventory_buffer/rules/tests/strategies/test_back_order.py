import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import BackOrder, Fixed, ZeroAt
from rules.terms import Terms


def shown(free, *strategies, units=1.0):
    return decide(Case(Terms(free), free, units=units), Rule("", *strategies)).quantity


class TestBackOrder(unittest.TestCase):
    def test_the_cap_comes_on_top_of_the_stock(self):
        self.assertEqual(shown(3.0, BackOrder(10)), 13)

    def test_what_is_promised_beyond_the_stock_is_taken_from_the_cap(self):
        self.assertEqual(shown(-4.0, BackOrder(10)), 6)

    def test_when_the_cap_is_reached_nothing_is_shown(self):
        self.assertEqual(shown(-10.0, BackOrder(10)), 0)
        self.assertEqual(shown(-11.0, BackOrder(10)), 0)

    def test_a_buffer_is_no_promise_and_takes_nothing_from_the_cap(self):
        self.assertEqual(shown(2.0, Fixed(5), BackOrder(10)), 10)
        self.assertEqual(shown(2.0, ZeroAt(2), BackOrder(10)), 10)

    def test_it_counts_whole_listings(self):
        self.assertEqual(shown(11.0, BackOrder(2), units=12.0), 2)
        self.assertEqual(shown(-1.0, BackOrder(2), units=12.0), 1)
