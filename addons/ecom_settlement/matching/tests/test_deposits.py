"""Deposits and payouts: what can only be each other is taken, what might be is offered, nothing is guessed."""

import unittest

from matching.deposits import Deposit, find


def payout(key, amount, day=10, *names):
    return Deposit(key=key, amount=amount, day=day, names=names)


def line(key, amount, day=12, text=""):
    return Deposit(key=key, amount=amount, day=day, text=text)


def sure(payouts, lines):
    return sorted(find(payouts, lines, 3, 10).sure)


class TestDeposits(unittest.TestCase):
    def test_a_line_of_that_amount_in_that_time_is_the_payout(self):
        self.assertEqual(sure([payout(1, 500)], [line(7, 500), line(8, 501)]), [((1,), (7,))])

    def test_too_early_and_too_late_are_not(self):
        self.assertEqual(sure([payout(1, 500)], [line(7, 500, 6), line(8, 500, 21)]), [])

    def test_of_two_the_one_that_names_it_is_taken_and_else_both_are_offered(self):
        two = [line(7, 500), line(8, 500, text="PAYOUT po_1 thank you")]
        self.assertEqual(sure([payout(1, 500, 10, "PO_1")], two), [((1,), (8,))])
        found = find([payout(1, 500)], two, 3, 10)
        self.assertEqual((found.sure, found.offered), ([], {1: (7, 8)}))

    def test_two_payouts_of_one_amount_do_not_share_a_line(self):
        self.assertEqual(sure([payout(1, 500), payout(2, 500)], [line(7, 500)]), [])

    def test_several_payouts_in_one_deposit(self):
        self.assertEqual(sure([payout(1, 500), payout(2, 700, 11)], [line(7, 1200)]), [((1, 2), (7,))])

    def test_one_payout_in_several_deposits(self):
        self.assertEqual(sure([payout(1, 1200)], [line(7, 500), line(8, 700, 14)]), [((1,), (7, 8))])

    def test_what_is_charged_goes_the_other_way(self):
        self.assertEqual(sure([payout(1, -321)], [line(7, 321), line(8, -321)]), [((1,), (8,))])

    def test_two_ways_to_come_to_an_amount_are_none(self):
        many = [payout(1, 500), payout(2, 700), payout(3, 200), payout(4, 1000)]
        self.assertEqual(sure(many, [line(7, 1200)]), [], "500 + 700, or 200 + 1000")

    def test_a_payout_that_two_sums_claim_is_left_to_a_person(self):
        three = [payout(1, 500), payout(2, 700), payout(3, 300)]
        self.assertEqual(sure(three, [line(7, 1200), line(8, 800)]), [])
