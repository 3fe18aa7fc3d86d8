import datetime
import math
import unittest

from rules.forecast.season import NO_SEASON, learn_season, week_of_year

LAST = datetime.date(2025, 12, 29)


def yearly(years, pace=100.0, swing=0.5, growth=0.0):
    """Weeks that are busiest in summer, quietest in winter."""
    weeks = []
    for ago in range(years * 52 - 1, -1, -1):
        day = LAST - datetime.timedelta(weeks=ago)
        season = 1.0 - swing * math.cos(2 * math.pi * week_of_year(day) / 52)
        weeks.append((pace + growth * len(weeks)) * season)
    return weeks


class TestSeason(unittest.TestCase):
    def test_summer_is_found_after_two_years_and_a_bit(self):
        season = learn_season(yearly(3), LAST)
        self.assertAlmostEqual(season[26], 1.45, delta=0.1)
        self.assertAlmostEqual(season[0], 0.55, delta=0.1)
        self.assertAlmostEqual(sum(season) / len(season), 1.0)

    def test_growth_is_not_taken_for_a_season(self):
        season = learn_season(yearly(3, swing=0.0, growth=2.0), LAST)
        self.assertLess(max(season) - min(season), 0.02)

    def test_no_season_is_claimed_before_two_years_were_seen(self):
        self.assertEqual(learn_season(yearly(3)[-103:], LAST), NO_SEASON)

    def test_years_before_the_first_sale_are_no_years(self):
        self.assertEqual(learn_season([0.0] * 120 + [50.0] * 36, LAST), NO_SEASON)

    def test_a_handful_of_sales_makes_no_season(self):
        weeks = [0.0] * 156
        weeks[0] = weeks[100] = 1.0
        self.assertLess(max(learn_season(weeks, LAST)), 1.02)
