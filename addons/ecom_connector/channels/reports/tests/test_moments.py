"""Dates of many languages, always with their zone."""

import unittest
from datetime import datetime, timedelta, timezone

from channels.errors import Unreadable
from channels.reports.moments import date_order, moment


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


class TestMoments(unittest.TestCase):
    def test_forms_of_reports(self):
        for text, value in (
            ("2026-06-17 08:14:22 UTC", utc(2026, 6, 17, 8, 14, 22)),
            ("2025-08-14T22:07:18+00:00", utc(2025, 8, 14, 22, 7, 18)),
            ("14.03.2023 07:49:55 UTC", utc(2023, 3, 14, 7, 49, 55)),
            ("Sep 4, 2026 1:05:07 AM PDT", utc(2026, 9, 4, 8, 5, 7)),
            ("Sep 4, 2026 12:05:07 PM PDT", utc(2026, 9, 4, 19, 5, 7)),
            ("1 juil. 2026 08:31:35 UTC", utc(2026, 7, 1, 8, 31, 35)),
            ("2 juillet 2026 13:22:36 UTC", utc(2026, 7, 2, 13, 22, 36)),
            ("2025-11-05 12:01:09 -0500", utc(2025, 11, 5, 17, 1, 9)),
            ("2026/01/06 00:00:30 -0800", utc(2026, 1, 6, 8, 0, 30)),
            ("October 31, 2025", utc(2025, 10, 31)),
            ("4/29/2026", utc(2026, 4, 29)),
            ("2018-04-06T06:00:01.0Z", utc(2018, 4, 6, 6, 0, 1)),
            ("3 abr 2026 0:00:01 UTC", utc(2026, 4, 3, 0, 0, 1)),
            ("2026年7月1日 8:31:35 JST", utc(2026, 6, 30, 23, 31, 35)),
        ):
            with self.subTest(text=text):
                self.assertEqual(moment(text), value)
                self.assertIsNotNone(moment(text).tzinfo)

    def test_a_zone_is_taken_where_the_text_has_none_summer_or_winter(self):
        for month, hours in ((1, 1), (7, 2)):
            found = moment(f"2026-{month:02d}-05 00:21:32", zone="Europe/Vienna")
            self.assertEqual(found.utcoffset(), timedelta(hours=hours))

    def test_what_is_no_date_is_unreadable(self):
        for text in ("", "soon", "2026-02-30", "31/31/2026", "99:99", "2026-13-01T00:00:00Z", "1 2", "Sep 40, 2026"):
            with self.subTest(text=text), self.assertRaises(Unreadable):
                moment(text)

    def test_the_order_of_day_and_month_is_told_by_the_days_that_exist(self):
        self.assertEqual(date_order(["03/04/2026", "29/12/2015"]), "dmy")
        self.assertEqual(date_order(["03/04/2026", "12/29/2015"]), "mdy")
        self.assertEqual(date_order(["03/04/2026", "04/03/2026"]), "")
