from datetime import date, datetime, timezone
from unittest import TestCase

from ..window import Window, is_open, last_day, last_parcel

VIENNA = "Europe/Vienna"


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


class TestWindow(TestCase):
    def test_window_on_last_parcel(self):
        self.assertEqual(last_parcel([utc(2026, 3, 2, 9), utc(2026, 3, 9, 9)], VIENNA), date(2026, 3, 9))

    def test_delivered_date_unknown(self):
        self.assertIsNone(last_parcel([utc(2026, 3, 2, 9), None], VIENNA))
        self.assertTrue(is_open(Window(), None, utc(2027, 1, 1), VIENNA))

    def test_the_day_of_delivery_is_not_counted(self):
        self.assertEqual(last_day(Window(days=14), date(2026, 3, 2)), date(2026, 3, 16))

    def test_window_across_time_zones(self):
        start = last_parcel([utc(2026, 3, 2, 23, 30)], VIENNA)
        self.assertEqual(start, date(2026, 3, 3), "half past midnight where the buyer lives")
        self.assertTrue(is_open(Window(days=14), start, utc(2026, 3, 17, 22, 59), VIENNA))
        self.assertFalse(is_open(Window(days=14), start, utc(2026, 3, 17, 23, 1), VIENNA))

    def test_holiday_extension(self):
        easter = (date(2026, 4, 5), date(2026, 4, 6))
        window = Window(days=14, working_end=True)
        self.assertEqual(last_day(window, date(2026, 3, 21), easter), date(2026, 4, 7), "Saturday, Easter, Monday")
        self.assertEqual(last_day(Window(days=14), date(2026, 3, 21), easter), date(2026, 4, 4))

    def test_bought_for_christmas(self):
        window = Window(days=14, not_before=date(2027, 1, 31))
        self.assertEqual(last_day(window, date(2026, 11, 20)), date(2027, 1, 31))
        self.assertEqual(last_day(window, date(2027, 1, 25)), date(2027, 2, 8))

    def test_for_ever_and_not_at_all(self):
        self.assertIsNone(last_day(Window(days=None), date(2026, 3, 2)))
        self.assertEqual(last_day(Window(days=0), date(2026, 3, 2)), date(2026, 3, 2))
