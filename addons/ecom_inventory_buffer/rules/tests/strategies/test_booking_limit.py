import unittest

from rules.decide import Case
from rules.strategies import BookingLimit
from rules.terms import Terms


class TestBookingLimit(unittest.TestCase):
    def test_no_more_than_the_limit(self):
        self.assertEqual(BookingLimit().apply(40.0, Case(Terms(), 40.0, limit=23)), 23)

    def test_without_margins_nothing_is_kept_for_others(self):
        self.assertEqual(BookingLimit().apply(40.0, Case(Terms(), 40.0)), 40.0)
