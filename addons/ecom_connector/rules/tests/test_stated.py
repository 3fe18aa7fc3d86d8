import unittest
from decimal import Decimal as D

from rules.stated import Stated

CENT = D("0.01")


class TestStated(unittest.TestCase):
    def test_a_third_is_rounded_and_the_last_part_brings_the_rest(self):
        whole = Stated(D("100.00"), D("10.00"), {"vat": D("19.99")})
        first = whole.part(D(1), D(3), CENT)
        self.assertEqual((first.net, first.discount, first.taxes["vat"]), (D("33.33"), D("3.33"), D("6.66")))
        rest = whole.minus(first)
        second = rest.part(D(1), D(2), CENT)
        last = rest.minus(second).part(D(1), D(1), CENT)
        self.assertEqual(first.plus(second).plus(last), whole)

    def test_taking_away_a_tax_that_was_never_stated_leaves_it_negative(self):
        self.assertEqual(Stated().minus(Stated(taxes={"vat": D(1)})).taxes, {"vat": D(-1)})
