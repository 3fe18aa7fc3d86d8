import unittest

from rules.forecast.outlook import Outlook, look_ahead
from rules.forecast.reorder import demand_within, propose_reorder
from rules.tests.forecast.test_season import LAST


class TestReorder(unittest.TestCase):
    def test_the_point_covers_the_wait_and_the_unexpected(self):
        """A week of 1 unit, Poisson: 4 units are exceeded in 0.4 % of weeks, 3 in 1.9 %."""
        reorder = propose_reorder(Outlook(1.0), 7, 28, 0.01)
        self.assertEqual((reorder.point, reorder.up_to), (4, 8))
        self.assertAlmostEqual(reorder.expected, 1.0)
        self.assertEqual(propose_reorder(Outlook(1.0), 7, 28, 0.02).point, 3)

    def test_a_forecast_that_was_off_keeps_more(self):
        self.assertGreater(demand_within(Outlook(10.0, spread=100.0), 14, 0.05), demand_within(Outlook(10.0), 14, 0.05))

    def test_a_longer_wait_needs_more(self):
        outlook = look_ahead([10.0] * 20, LAST)
        self.assertLess(propose_reorder(outlook, 7, 28, 0.05).point, propose_reorder(outlook, 21, 28, 0.05).point)

    def test_what_does_not_sell_is_not_bought(self):
        self.assertEqual(propose_reorder(look_ahead([], LAST), 30, 28, 0.01)[:2], (0, 0))

    def test_large_figures_are_no_matter(self):
        point = propose_reorder(Outlook(7000.0, spread=10_000.0), 7, 28, 0.05).point
        self.assertAlmostEqual(point, 7165, delta=5)
