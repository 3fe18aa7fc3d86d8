"""PayPal: activity downloads in their languages, settlement reports by event code."""

import unittest
from datetime import timedelta

from channels.reports.tests.reading import figures, read, sample


class TestActivity(unittest.TestCase):
    def test_a_german_statement_holds_its_running_balance(self):
        code, check, lines = read(sample("paypal", "settlement_activity_german.csv"))
        self.assertEqual((code, check.flaws), ("paypal_activity", []))
        self.assertEqual(figures(check), {"EUR/2026-03-02/2026-03-04": ("1070.15", "1000.00", "0.00")})
        self.assertEqual([line.family for line in lines], ["sale", "refund", "payout"])
        self.assertEqual(lines[0].at.utcoffset(), timedelta(hours=1))
        self.assertEqual((str(lines[0].amount), str(lines[0].fee)), ("1184.00", "29.85"))

    def test_newest_first_is_read_from_the_end_and_a_denied_payment_moves_nothing(self):
        _code, check, lines = read(sample("paypal", "settlement_activity.csv"))
        self.assertEqual(check.flaws, [])
        self.assertEqual([line.payment_id for line in lines], ["T1", "T2", "T3", "T4"])
        self.assertEqual([line.family for line in lines], ["refund", "sale", "memo", "payout"])
        settlement = check.sums["USD/2026-03-03/2026-03-15"].settlement
        self.assertEqual((str(settlement.opening), str(settlement.closing)), ("70.00", "46.75"))

    def test_a_row_that_is_missing_breaks_the_running_balance(self):
        rows = sample("paypal", "settlement_activity_german.csv").splitlines()
        _code, check, _lines = read(b"\n".join([*rows[:2], rows[3]]))
        self.assertIn("balance", {flaw.code for flaw in check.flaws})

    def test_where_day_and_month_cannot_be_told_apart_it_says_so_and_takes_an_answer(self):
        body = sample("paypal", "settlement_activity.csv").replace(b"03/15/", b"03/05/").replace(b"03/14/", b"03/05/")
        _code, check, _lines = read(body)
        self.assertEqual([flaw.code for flaw in check.flaws], ["dates"])
        _code, check, lines = read(body, date_order="dmy")
        self.assertEqual((check.flaws, lines[0].at.month), ([], 3))


class TestSettlementReport(unittest.TestCase):
    def test_body_foot_and_balances_agree_in_hundredths_even_of_yen(self):
        code, check, lines = read(sample("paypal", "settlement_stl.csv"))
        self.assertEqual((code, check.flaws), ("paypal_stl", []))
        self.assertEqual([(line.kind, line.family, str(line.net)) for line in lines], [
            ("T0006", "sale", "50"), ("T1107", "refund", "-9"), ("T0400", "payout", "-30"),
        ])  # fmt: skip

    def test_a_foot_that_says_something_else_is_told(self):
        body = sample("paypal", "settlement_stl.csv").replace(b'"RF","JPY",5200', b'"RF","JPY",5300')
        self.assertEqual([flaw.code for flaw in read(body)[1].flaws], ["sum"])
