import unittest
from decimal import Decimal

from rules.risk.allowed import allowed_risk


class TestAllowedRisk(unittest.TestCase):
    def test_the_critical_ratio(self):
        self.assertEqual(allowed_risk(Decimal(57), Decimal(3)), 0.05)

    def test_a_sale_that_costs_nothing_to_cancel_may_always_be_risked(self):
        self.assertEqual(allowed_risk(Decimal(0), Decimal(3)), 1.0)

    def test_without_any_cost_there_is_nothing_to_weigh(self):
        with self.assertRaises(ValueError):
            allowed_risk(Decimal(0), Decimal(0))

    def test_a_negative_cost_is_refused(self):
        with self.assertRaises(ValueError):
            allowed_risk(Decimal(-1), Decimal(3))
