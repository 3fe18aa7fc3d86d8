from decimal import Decimal
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..shares import part, spread, spread_taxes

CENT, YEN = Decimal("0.01"), Decimal(1)
MONEY = st.decimals(-10000, 10000, places=2)
UNITS = st.lists(st.integers(1, 40), min_size=1, max_size=12)


class TestShares(TestCase):
    @given(MONEY, UNITS, st.sampled_from([CENT, YEN]))
    def test_parts_in_any_number_add_up_to_the_whole(self, amount, parts, unit):
        amount = amount // unit * unit
        whole, before, given_back = Decimal(sum(parts)), Decimal(0), Decimal(0)
        for units in parts:
            given_back += part(amount, before, Decimal(units), whole, unit)
            before += units
        self.assertEqual(given_back, amount)

    def test_a_cent_that_does_not_divide_comes_with_one_of_the_parts(self):
        shares = [part(Decimal(10), Decimal(before), Decimal(1), Decimal(3), CENT) for before in range(3)]
        self.assertEqual(shares, [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")])

    def test_more_than_there_is_has_no_share(self):
        with self.assertRaises(ValueError):
            part(Decimal(10), Decimal(2), Decimal(2), Decimal(3), CENT)

    @given(MONEY, st.lists(MONEY, min_size=1, max_size=9))
    def test_what_is_spread_adds_up(self, amount, weights):
        self.assertEqual(sum(spread(amount, weights, CENT)), amount)

    def test_spread_follows_the_weights(self):
        self.assertEqual(spread(Decimal(-10), [Decimal(30), Decimal(10)], CENT), [Decimal("-7.50"), Decimal("-2.50")])
        self.assertEqual(spread(Decimal(4), [Decimal(0), Decimal(0)], CENT), [Decimal(2), Decimal(2)])

    def test_each_tax_is_spread_by_itself(self):
        found = spread_taxes({"a": Decimal(3), "b": Decimal(1)}, [Decimal(1), Decimal(1)], CENT)
        self.assertEqual(found, [{"a": Decimal("1.50"), "b": Decimal("0.50")}] * 2)

    def test_there_must_be_something_to_spread_over(self):
        with self.assertRaises(ValueError):
            spread(Decimal(1), [], CENT)
