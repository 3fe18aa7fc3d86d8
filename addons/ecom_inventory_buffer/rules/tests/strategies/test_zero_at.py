import unittest

from rules.decide import Case
from rules.strategies import ZeroAt
from rules.terms import Terms


def shown(units, free, quantity=None):
    return ZeroAt(units).apply(free if quantity is None else quantity, Case(Terms(), free))


class TestZeroAt(unittest.TestCase):
    def test_stock_that_equals_the_number_shows_nothing(self):
        self.assertEqual(shown(3, free=3.0), 0.0)

    def test_one_more_shows_all(self):
        self.assertEqual(shown(3, free=4.0), 4.0)

    def test_it_looks_at_what_is_free_and_not_at_what_other_strategies_left(self):
        self.assertEqual(shown(3, free=10.0, quantity=2.0), 2.0)

    def test_what_is_below_zero_stays_there(self):
        self.assertEqual(shown(3, free=-2.0), -2.0)
