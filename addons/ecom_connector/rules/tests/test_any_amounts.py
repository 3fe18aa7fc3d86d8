"""Orders of any mixture, by hypothesis: what is reckoned from them is what their channel charged."""

import unittest
from decimal import Decimal

from channels.tests.any_order import DIGITS, ZERO, orders, rounded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules.amounts import amounts
from rules.stated import Stated

ALWAYS = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


class TestAnyAmounts(unittest.TestCase):
    @ALWAYS
    @given(orders())
    def test_total_tax_and_discount_are_the_channels(self, order):
        digits = DIGITS[order.currency]
        found = amounts(order, digits)
        remitted = sum((tax.amount for line in order.lines for tax in line.taxes if tax.remitted), ZERO)
        self.assertEqual(found.total + found.remitted, order.total)
        self.assertEqual(found.tax + found.remitted, order.tax_total)
        self.assertLessEqual(abs(found.remitted - remitted), Decimal(5).scaleb(-digits))
        self.assertEqual(found.discount, rounded(sum((line.discount for line in order.lines), ZERO), digits))

    @ALWAYS
    @given(orders())
    def test_what_the_lines_miss_of_the_total_is_named(self, order):
        found = amounts(order, DIGITS[order.currency])
        on_lines = sum((line.net + line.tax for line in found.lines), ZERO)
        self.assertEqual(on_lines + found.difference, found.total)
        self.assertEqual(found.tax_difference, 0)
        # Channels that add up leave nothing over, whatever way they round.
        self.assertEqual(found.difference, 0)

    @ALWAYS
    @given(orders())
    def test_every_amount_is_whole_in_its_currency(self, order):
        digits = DIGITS[order.currency]
        for line in amounts(order, digits).lines:
            for amount in (line.net, line.discount, line.remitted, *(share for _tax, share in line.taxes)):
                self.assertEqual(amount, rounded(amount, digits))

    @ALWAYS
    @given(
        st.integers(-100_000, 100_000),
        st.integers(0, 10_000),
        st.lists(st.integers(-5000, 5000), max_size=3),
        st.lists(st.integers(1, 5), min_size=1, max_size=6),
    )
    def test_a_line_in_any_parts_adds_up_to_the_whole(self, net, discount, taxes, parts):
        cent, left = Decimal("0.01"), Decimal(sum(parts))
        whole = Stated(net * cent, discount * cent, {n: amount * cent for n, amount in enumerate(taxes)})
        rest, booked = whole, Stated()
        for quantity in map(Decimal, parts):
            part = rest.part(quantity, left, cent)
            rest, booked, left = rest.minus(part), booked.plus(part), left - quantity
        self.assertEqual(booked, whole)
        self.assertEqual((rest.net, rest.discount, set(rest.taxes.values()) - {ZERO}), (0, 0, set()))
