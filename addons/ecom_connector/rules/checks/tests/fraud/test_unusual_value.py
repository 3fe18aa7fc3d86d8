import unittest
from decimal import Decimal as D

from rules.checks.facts import Facts, Limits
from rules.checks.fraud import unusual_value

from ..common import order


class TestUnusualValue(unittest.TestCase):
    def points(self, value, amount=1000):
        reasons = unusual_value.find(order(), Facts(value=D(value)), Limits(amount=D(amount)))
        return [reason.points for reason in reasons]

    def test_a_large_order_is_a_sign_and_a_very_large_one_a_stronger_one(self):
        self.assertEqual(self.points("999.99"), [])
        self.assertEqual(self.points("1000.00"), [30])
        self.assertEqual(self.points("3000.00"), [50])

    def test_without_a_limit_no_order_is_large(self):
        self.assertEqual(self.points(10**9, amount=0), [])
