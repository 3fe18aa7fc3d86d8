import unittest
from decimal import Decimal

from rules.quantity import read_quantity


class TestQuantity(unittest.TestCase):
    def test_whole_numbers_in_any_dress(self):
        self.assertEqual([read_quantity(figure) for figure in (7, 7.0, Decimal("7"), 0)], [7, 7, 7, 0])

    def test_below_zero_is_none_left(self):
        self.assertEqual([read_quantity(figure) for figure in (-3, -0.5, Decimal("-2"))], [0, 0, 0])

    def test_half_a_unit_cannot_be_sold(self):
        self.assertEqual(read_quantity(2.9), 2)

    def test_what_is_no_quantity(self):
        for figure in (None, "7", "", True, [], {}, float("nan"), float("inf"), Decimal("NaN"), 10**30):
            self.assertIsNone(read_quantity(figure), figure)
