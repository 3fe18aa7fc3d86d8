import unittest

from rules.decide import Case
from rules.strategies import Allocation
from rules.terms import Terms


def left(units, sold, free):
    return Allocation(units).apply(free, Case(Terms(), free, sold=sold))


class TestAllocation(unittest.TestCase):
    def test_what_was_sold_of_it_is_gone(self):
        self.assertEqual(left(10, sold=4, free=50.0), 6.0)

    def test_an_exhausted_allocation_shows_nothing(self):
        self.assertEqual(left(10, sold=10, free=50.0), 0.0)
        self.assertEqual(left(10, sold=13, free=50.0), 0.0)

    def test_it_is_no_promise_of_stock_that_is_not_there(self):
        self.assertEqual(left(10, sold=0, free=3.0), 3.0)

    def test_a_negative_allocation_is_refused(self):
        self.assertEqual(Allocation(-1).problems(), ["The allocation cannot be negative."])
