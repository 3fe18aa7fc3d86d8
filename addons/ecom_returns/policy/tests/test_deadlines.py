from datetime import date
from unittest import TestCase

from ..deadlines import Times, after_working_days, refund_by, send_by

MONDAY = date(2026, 3, 2)


class TestDeadlines(TestCase):
    def test_money_is_due_two_weeks_after_the_notice_once_goods_are_here(self):
        self.assertEqual(refund_by(Times(), noticed=MONDAY, received=date(2026, 3, 5)), date(2026, 3, 16))

    def test_it_may_be_withheld_until_goods_or_proof_of_sending(self):
        self.assertIsNone(refund_by(Times(), noticed=MONDAY))
        self.assertEqual(refund_by(Times(), noticed=MONDAY, received=date(2026, 3, 20)), date(2026, 3, 20))
        both = {"sent": date(2026, 3, 17), "received": date(2026, 3, 20)}
        self.assertEqual(refund_by(Times(), noticed=MONDAY, **both), date(2026, 3, 17))

    def test_a_marketplace_counts_working_days_after_the_goods_came(self):
        times = Times(receipt_days=2)
        self.assertIsNone(refund_by(times, noticed=MONDAY, sent=MONDAY))
        self.assertEqual(refund_by(times, noticed=MONDAY, received=date(2026, 3, 5)), date(2026, 3, 9))

    def test_a_buyer_sends_within_two_weeks(self):
        self.assertEqual(send_by(Times(), agreed=MONDAY), date(2026, 3, 16))

    def test_working_days_leave_out_the_weekend(self):
        self.assertEqual(after_working_days(date(2026, 3, 6), 1), date(2026, 3, 9))
        self.assertEqual(after_working_days(MONDAY, 5), date(2026, 3, 9))
