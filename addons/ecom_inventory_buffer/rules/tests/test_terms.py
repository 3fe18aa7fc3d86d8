import datetime
import unittest

from rules.terms import Terms


class TestTerms(unittest.TestCase):
    def test_what_is_free_is_on_hand_less_everything_promised(self):
        terms = Terms(on_hand=20.0, reserved=3.0, waiting=4.0, held=2.0, unimported=1.0)
        self.assertEqual(terms.available, 10.0)

    def test_what_is_set_aside_is_shown_and_not_counted(self):
        terms = Terms(
            on_hand=5.0, quarantined=3.0, damaged=1.0, inspected=2.0, travelling=9.0, expired=1.0, foreign=4.0
        )
        self.assertEqual(terms.available, 5.0)

    def test_a_negative_quant_is_taken_as_it_is(self):
        self.assertEqual(Terms(on_hand=-2.0, reserved=1.0).available, -3.0)

    def test_dust_of_floats_is_nothing(self):
        self.assertEqual(Terms(on_hand=0.3, reserved=0.1, waiting=0.2).available, 0.0)

    def test_arriving_counts_up_to_the_day(self):
        terms = Terms(incoming=((datetime.date(2026, 1, 2), 5.0), (datetime.date(2026, 1, 9), 7.0)))
        self.assertEqual(terms.arriving(datetime.date(2026, 1, 2)), 5.0)
        self.assertEqual(terms.arriving(datetime.date(2026, 1, 9)), 12.0)
