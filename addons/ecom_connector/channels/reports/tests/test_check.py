"""The laws that every report is held to before anything else."""

import unittest
from decimal import Decimal

from channels.records import Settlement, SettlementLine
from channels.reports.check import MOST_FLAWS, Check


def line(net, family="sale", **values):
    net = Decimal(net)
    values = {"external_id": "1", "settlement_id": "P", "kind": "x", "amount": net, "currency": "EUR", **values}
    return SettlementLine(net=net, family=family, **values)


def payout(amount=None, **values):
    amount = None if amount is None else Decimal(amount)
    return Settlement(external_id="P", currency="EUR", amount=amount, **values)


def codes(*items, **carried):
    return [flaw.code for flaw in Check(carried).run(items).flaws]


class TestCheck(unittest.TestCase):
    def test_lines_that_come_to_the_payout_leave_nothing_to_say_wherever_it_stands(self):
        self.assertEqual(codes(payout("3"), line("1"), line("2")), [])
        self.assertEqual(codes(line("1"), line("2"), payout("3")), [])
        self.assertEqual(codes(line("1"), line("2"), line("-3", "payout"), payout()), [])

    def test_a_cent_too_much_is_told(self):
        self.assertEqual(codes(payout("3.01"), line("1"), line("2")), ["sum"])
        self.assertEqual(codes(payout("3"), line("3"), line("-3.01", "payout")), ["sum"])

    def test_amount_less_fee_is_net(self):
        self.assertEqual(codes(payout("9"), line("9", amount=Decimal(10), fee=Decimal(2))), ["row"])

    def test_opening_and_lines_are_closing(self):
        balance = {"opening": Decimal(5), "closing": Decimal(4), "is_statement": True}
        self.assertEqual(codes(payout(**balance), line("2"), line("-3", "payout")), [])
        self.assertEqual(codes(payout(**balance), line("2"), line("-2", "payout")), ["balance"])
        carried = payout(closing=Decimal(4), is_statement=True)
        self.assertEqual(codes(carried, line("2"), line("-3", "payout"), P=Decimal(5)), [])
        self.assertEqual(codes(carried, line("2"), line("-3", "payout"), P=Decimal(6)), ["balance"])

    def test_more_digits_than_the_total_are_rounding_and_nothing_else_is(self):
        check = Check().run([payout("39.75"), line("39.754")])
        self.assertEqual((check.flaws, check.sums["P"].rounding), ([], Decimal("-0.004")))
        self.assertEqual(codes(payout("39.75"), line("39.756")), ["sum"])

    def test_money_that_did_not_move_is_not_counted(self):
        self.assertEqual(codes(payout("1"), line("1"), line("7", "memo")), [])

    def test_currencies_do_not_mix(self):
        self.assertEqual(codes(payout("3"), line("1"), line("2", currency="USD")), ["currency"])

    def test_a_payout_of_nothing_may_have_no_lines_and_one_of_something_may_not(self):
        self.assertEqual(codes(payout("0")), [])
        self.assertEqual(codes(payout("1")), ["empty"])

    def test_one_payout_stated_in_two_ways_is_told(self):
        self.assertIn("sum", codes(payout("1"), payout("2"), line("2")))

    def test_a_thousand_wrong_rows_say_so_a_hundred_times(self):
        wrong = [line("9", amount=Decimal(10))] * 1000
        self.assertEqual(len(Check().run([payout("9000"), *wrong]).flaws), MOST_FLAWS)
