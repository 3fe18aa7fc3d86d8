import datetime
import unittest

from rules.forecast.outlook import look_ahead
from rules.forecast.season import NO_SEASON
from rules.tests.forecast.test_season import LAST, yearly


class TestOutlook(unittest.TestCase):
    def test_even_sales_go_on_and_are_forecast_without_error(self):
        outlook = look_ahead([7.0] * 30, LAST)
        self.assertAlmostEqual(outlook.units(14), 14.0)
        self.assertEqual((outlook.error, outlook.error_percent), (0.0, 0))

    def test_the_level_follows_a_change_by_a_fifth_a_week(self):
        outlook = look_ahead([10.0] * 20 + [20.0], LAST)
        self.assertAlmostEqual(outlook.level, 12.0)

    def test_weeks_before_the_first_sale_do_not_count(self):
        self.assertEqual(look_ahead([0.0] * 50 + [6.0] * 10, LAST).level, 6.0)

    def test_a_product_that_never_sold_is_expected_to_sell_nothing(self):
        outlook = look_ahead([0.0] * 30, LAST)
        self.assertEqual((outlook.units(28), outlook.error_percent), (0.0, None))

    def test_the_error_on_held_back_weeks_is_that_of_forecasts_made_before_them(self):
        """Steps of 10, 12 weeks held back: one forecast is off by 10, the next ones by 8, 6.4 ..."""
        outlook = look_ahead([10.0] * 20 + [20.0] * 12, LAST)
        errors = [10.0 * 0.8**week for week in range(12)]
        self.assertAlmostEqual(outlook.error, sum(errors) / 12)
        self.assertAlmostEqual(outlook.spread, sum(error**2 for error in errors) / 12)
        self.assertAlmostEqual(outlook.naive, 10.0 / 12)

    def test_a_season_makes_the_forecast_of_a_seasonal_product_better(self):
        weeks = yearly(4)
        self.assertLess(look_ahead(weeks, LAST).error, look_ahead(weeks, LAST, NO_SEASON).error * 0.8)

    def test_noise_is_forecast_better_than_by_the_week_before(self):
        weeks = [8.0, 12.0] * 20
        outlook = look_ahead(weeks, LAST)
        self.assertLess(outlook.error, 0.7 * outlook.naive)

    def test_the_weeks_ahead_have_their_own_season(self):
        season = tuple(2.0 if week < 4 else 1.0 for week in range(53))
        outlook = look_ahead([10.0] * 20, datetime.date(2025, 12, 25), season)
        self.assertAlmostEqual(outlook.units(21), 60.0, delta=3)
        self.assertAlmostEqual(outlook.busier(21), 2.0, delta=0.1)
