"""Stripe: whole minor units of the API, decimal ones of its reports."""

import unittest
from datetime import datetime, timezone

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_an_itemised_report_is_grouped_by_payout(self):
        code, check, lines = read(sample("stripe", "settlement_itemized.csv"))
        self.assertEqual((code, check.flaws), ("stripe_itemized", []))
        self.assertEqual(figures(check), {"po_1": ("13.55", "13.55", "0.00"), "": ("7.63", "7.63", None)})
        self.assertEqual({line.currency for line in lines}, {"EUR"})
        self.assertEqual((lines[2].family, lines[2].detail), ("payment_fee", "Standard"))

    def test_yen_have_no_cents(self):
        code, check, lines = read(sample("stripe", "settlement_transactions.json"))
        self.assertEqual((code, check.flaws), ("stripe_transactions", []))
        self.assertEqual(figures(check), {"po_9": ("1234", "1234", "0")})
        self.assertEqual(lines[0].at, datetime(2026, 3, 3, tzinfo=timezone.utc))
        self.assertEqual(check.sums["po_9"].settlement.currency, "JPY")

    def test_a_list_of_payouts_has_no_lines_and_says_so(self):
        code, check, lines = read(sample("stripe", "settlement_payouts.json"))
        self.assertEqual((code, lines, str(check.sums["po_9"].amount)), ("stripe_payouts", [], "12.34"))
        self.assertEqual([flaw.code for flaw in check.flaws], ["empty"])
