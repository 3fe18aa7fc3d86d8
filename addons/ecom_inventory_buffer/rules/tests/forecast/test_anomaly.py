import unittest

from rules.forecast.anomaly import find_anomaly
from rules.forecast.outlook import Outlook

USUAL = Outlook(7.0)  # a unit a day


class TestAnomaly(unittest.TestCase):
    def test_usual_sales_are_none(self):
        self.assertIsNone(find_anomaly([1.0] * 28, USUAL))

    def test_a_week_that_chance_brings_once_in_more_than_a_thousand_is_a_spike(self):
        """Of 7 a week, Poisson: 17 and more come 0.096 % of the time, 16 and more 0.24 %."""
        self.assertIsNone(find_anomaly([1.0] * 21 + [0, 0, 0, 0, 0, 0, 16.0], USUAL))
        found = find_anomaly([1.0] * 21 + [0, 0, 0, 0, 0, 0, 17.0], USUAL)
        self.assertEqual(found[:3], ("spike", 17.0, 7))
        self.assertAlmostEqual(found.usual, 7.0)

    def test_a_week_without_sales_is_a_stall(self):
        found = find_anomaly([1.0] * 21 + [0.0] * 7, USUAL)
        self.assertEqual(found[:3], ("stall", 0.0, 7))

    def test_what_sells_seldom_is_missed_later(self):
        slow = Outlook(2.0)
        self.assertIsNone(find_anomaly([1.0] * 14 + [0.0] * 14, slow))
        self.assertEqual(find_anomaly([0.0] * 28, slow)[:3], ("stall", 0.0, 28))

    def test_what_is_sold_out_does_not_stall(self):
        self.assertIsNone(find_anomaly([0.0] * 28, USUAL, in_stock=False))

    def test_a_few_units_of_what_never_sells_make_no_spike(self):
        self.assertIsNone(find_anomaly([0.0] * 27 + [4.0], Outlook(0.01)))
        self.assertEqual(find_anomaly([0.0] * 27 + [5.0], Outlook(0.01)).kind, "spike")

    def test_sales_that_were_always_uneven_alarm_later(self):
        self.assertEqual(find_anomaly([1.0] * 21 + [3.0] * 7, USUAL).kind, "spike")
        self.assertIsNone(find_anomaly([1.0] * 21 + [3.0] * 7, Outlook(7.0, spread=70.0)))

    def test_large_figures_are_no_matter(self):
        large = Outlook(70_000.0, spread=1_000_000.0)
        self.assertIsNone(find_anomaly([10_000.0] * 28, large))
        self.assertEqual(find_anomaly([10_000.0] * 21 + [20_000.0] * 7, large).kind, "spike")

    def test_where_nothing_was_expected_and_nothing_sold_nothing_is_said(self):
        self.assertIsNone(find_anomaly([0.0] * 28, Outlook(0.0)))
