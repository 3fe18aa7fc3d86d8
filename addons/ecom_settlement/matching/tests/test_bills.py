import unittest
from datetime import date

from matching.bills import Item, find


def item(key, amount, month, day=10):
    return Item(key=key, amount=amount, day=date(2026, month, day))


class TestBills(unittest.TestCase):
    def test_a_bill_of_one_payout_is_paid_by_it(self):
        self.assertEqual(find([item(1, 500, 3)], [item(7, 500, 3), item(8, 200, 3)]), [(1, (7,))])

    def test_a_bill_of_a_month_is_paid_by_all_that_was_kept_in_it(self):
        kept = [item(7, 500, 3), item(8, 200, 3, 20), item(9, 300, 4)]
        self.assertEqual(find([item(1, 700, 3, 31)], kept), [(1, (7, 8))])
        self.assertEqual(find([item(1, 700, 4, 2)], kept), [(1, (7, 8))], "written in the next month")

    def test_two_bills_are_each_paid_by_their_month(self):
        kept = [item(7, 500, 3), item(8, 200, 3, 20), item(9, 300, 4), item(10, 100, 4, 12)]
        self.assertEqual(find([item(1, 700, 3, 31), item(2, 400, 4, 30)], kept), [(1, (7, 8)), (2, (9, 10))])

    def test_a_bill_of_all_that_is_left_is_paid_by_it(self):
        self.assertEqual(find([item(1, 900, 6)], [item(7, 500, 3), item(8, 400, 4)]), [(1, (7, 8))])

    def test_what_several_fit_is_left_to_a_person(self):
        self.assertEqual(find([item(1, 500, 3)], [item(7, 500, 3), item(8, 500, 3)]), [])
        self.assertEqual(find([item(1, 500, 3), item(2, 500, 3)], [item(7, 500, 3)]), [])

    def test_what_no_bill_is_of_waits(self):
        self.assertEqual(find([item(1, 501, 3)], [item(7, 500, 3)]), [])
        self.assertEqual(find([], [item(7, 500, 3)]), [])
        self.assertEqual(find([item(1, 500, 3)], []), [])

    def test_fees_given_back_count_against_the_bill(self):
        self.assertEqual(find([item(1, 450, 3)], [item(7, 500, 3), item(8, -50, 3)]), [(1, (7, 8))])
