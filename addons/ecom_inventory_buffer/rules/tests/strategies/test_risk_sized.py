import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import Fixed, RiskSized
from rules.terms import Terms


class TestRiskSized(unittest.TestCase):
    def test_what_is_safe_is_shown(self):
        self.assertEqual(RiskSized(0.5).apply(9.0, Case(Terms(), 9.0, safe=6)), 6)

    def test_beside_a_fixed_buffer_the_larger_of_the_two_counts(self):
        rule = Rule("", RiskSized(0.5), Fixed(2))
        self.assertEqual(decide(Case(Terms(9.0), 9.0, safe=8), rule).quantity, 7)
        self.assertEqual(decide(Case(Terms(9.0), 9.0, safe=4), rule).quantity, 4)

    def test_nobody_can_forget_to_work_out_what_is_safe(self):
        with self.assertRaises(LookupError):
            decide(Case(Terms(9.0), 9.0), Rule("", RiskSized(0.5)))

    def test_no_chance_at_all_and_certainty_are_refused(self):
        for percent in (0, 100, 250):
            self.assertIn("between 0 and 100", RiskSized(percent).problems()[0])
        self.assertEqual(RiskSized(0.5).problems(), [])
