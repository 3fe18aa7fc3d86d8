import unittest
from decimal import Decimal as D

from rules.checks.facts import Limits

from .common import codes, order


class TestPayment(unittest.TestCase):
    def found(self, payment, wanted="authorized", **facts):
        return codes("payment", order(payment=payment), Limits(payment=wanted), **facts)

    def test_the_money_must_be_as_safe_as_the_merchant_wants_it(self):
        self.assertEqual(self.found("unpaid"), ["payment_unpaid"])
        self.assertEqual(self.found("authorized"), [])
        self.assertEqual(self.found("authorized", "paid"), ["payment_authorized"])
        self.assertEqual(self.found("partial", "paid"), ["payment_partial"])
        self.assertEqual(self.found("paid", "paid"), [])

    def test_money_that_went_back_is_not_there(self):
        self.assertEqual(self.found("refunded"), ["paid_back"])

    def test_who_is_trusted_to_pay_later_and_who_owes_nothing_is_left_in_peace(self):
        self.assertEqual(self.found("unpaid", pays_later=True), [])
        self.assertEqual(codes("payment", order(payment="unpaid", total=D(0))), [])
