import unittest
from decimal import Decimal as D

from rules.checks.facts import Credit

from .common import codes, order


class TestCredit(unittest.TestCase):
    def found(self, owed, payment="unpaid"):
        credit = Credit(limit=D(1000), owed=D(owed), added=D(100))
        return codes("credit", order(payment=payment), credit=credit)

    def test_who_would_owe_more_than_he_may_is_told(self):
        self.assertEqual(self.found("900.01"), ["credit_exceeded"])
        self.assertEqual(self.found("900.00"), [])

    def test_who_has_paid_on_the_channel_owes_nothing(self):
        self.assertEqual(self.found("5000", "paid"), [])
        self.assertEqual(self.found("5000", "authorized"), [])

    def test_who_has_no_limit_is_not_judged(self):
        self.assertEqual(codes("credit", order(payment="unpaid")), [])
