import unittest

from rules.decide import Case
from rules.strategies import Fixed
from rules.terms import Terms


class TestFixed(unittest.TestCase):
    def test_units_are_kept_back(self):
        self.assertEqual(Fixed(2).apply(7.0, Case(Terms(), 7.0)), 5.0)

    def test_a_buffer_above_the_stock_leaves_less_than_nothing_and_not_a_big_number(self):
        self.assertEqual(Fixed(9).apply(7.0, Case(Terms(), 7.0)), -2.0)

    def test_a_negative_buffer_is_refused(self):
        self.assertEqual(Fixed(-1).problems(), ["The buffer cannot be negative."])

    def test_no_number_is_refused(self):
        for nonsense in (float("nan"), float("inf"), "2", None, True):
            with self.subTest(nonsense=nonsense):
                self.assertEqual(Fixed(nonsense).problems(), ["The buffer must be a number."])
