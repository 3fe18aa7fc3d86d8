import unittest
from decimal import Decimal as D

from rules.apportion import apportion, quantise, split_evenly

CENT = D("0.01")


class TestApportion(unittest.TestCase):
    def test_half_a_cent_is_rounded_away_from_zero(self):
        self.assertEqual(quantise(D("1.005"), CENT), D("1.01"))
        self.assertEqual(quantise(D("-1.005"), CENT), D("-1.01"))
        self.assertEqual(quantise(D("1234.5"), D(1)), D(1235))

    def test_equal_parts_add_up_and_no_parts_take_nothing(self):
        self.assertEqual(split_evenly(10.0, 3, 2), [3.34, 3.33, 3.33])
        self.assertEqual(split_evenly(10.0, 0, 2), [])

    def test_the_missing_cent_goes_to_the_amount_that_rounding_took_most_from(self):
        self.assertEqual(
            apportion(D("10.00"), [D("3.333"), D("3.334"), D("3.333")], CENT), [D("3.33"), D("3.34"), D("3.33")]
        )

    def test_the_cent_too_many_is_taken_where_rounding_gave_most(self):
        self.assertEqual(apportion(D("0.01"), [D("0.005"), D("0.006")], CENT), [D("0.00"), D("0.01")])

    def test_equal_claims_are_served_in_the_order_given(self):
        self.assertEqual(apportion(D("5.00"), [D("1.66")] * 3, CENT), [D("1.67"), D("1.67"), D("1.66")])

    def test_what_rounding_does_not_explain_goes_by_size(self):
        self.assertEqual(apportion(D("22"), [D(1), D(10)], D(1)), [D(2), D(20)])

    def test_signs_may_differ(self):
        self.assertEqual(apportion(D("0.01"), [D("10.005"), D("-10.00")], CENT), [D("10.01"), D("-10.00")])

    def test_nothing_to_give_to_is_an_error_unless_nothing_is_to_be_given(self):
        self.assertEqual(apportion(D(0), [], CENT), [])
        with self.assertRaises(ValueError):
            apportion(D("0.01"), [], CENT)

    def test_zeros_share_alike(self):
        self.assertEqual(apportion(D("0.03"), [D(0), D(0)], CENT), [D("0.02"), D("0.01")])
