import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import Percent
from rules.terms import Terms


def shown(on_hand, percent):
    return decide(Case(Terms(on_hand), on_hand), Rule("", Percent(percent))).quantity


class TestPercent(unittest.TestCase):
    def test_it_is_rounded_down(self):
        self.assertEqual(shown(7.0, 50), 3)

    def test_a_percentage_of_one_unit_is_none(self):
        self.assertEqual(shown(1.0, 99), 0)
        self.assertEqual(shown(1.0, 100), 1)

    def test_a_percentage_of_what_is_missing_changes_nothing(self):
        self.assertEqual(Percent(50).apply(-4.0, Case(Terms(), -4.0)), -4.0)

    def test_a_third_of_three_is_one_in_spite_of_floats(self):
        self.assertEqual(shown(3.0, 100 / 3), 1)

    def test_more_than_all_is_refused(self):
        self.assertIn("more than 100", Percent(101).problems()[0])
        self.assertEqual(Percent(100).problems(), [])
