import unittest
from decimal import Decimal as D

from .common import codes, order


class TestTotal(unittest.TestCase):
    def found(self, difference="0", tax="0"):
        facts = {"difference": D(difference), "tax_difference": D(tax), "tolerance": D("0.05")}
        return codes("total", order(), **facts)

    def test_a_difference_within_the_tolerance_is_none(self):
        self.assertEqual(self.found("0.05", "-0.05"), [])

    def test_a_larger_one_is_told_whether_in_total_or_in_tax(self):
        self.assertEqual(self.found("-0.06"), ["total_off"])
        self.assertEqual(self.found(tax="0.06"), ["total_off"])
