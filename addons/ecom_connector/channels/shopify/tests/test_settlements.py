"""Shopify Payments: by API, by the export of transactions, by the export of payouts."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_a_payout_of_the_api_adds_up_with_its_fees(self):
        code, check, lines = read(sample("shopify", "settlement_payout.json"))
        self.assertEqual((code, check.flaws), ("shopify_api", []))
        self.assertEqual(figures(check), {"90001": ("74.29", "74.29", "0.00")})
        self.assertEqual([line.family for line in lines], ["sale", "refund", "label", "payout"])
        self.assertEqual((lines[0].order_id, lines[0].payment_id, str(lines[0].fee)), ("501", "601", "1.71"))

    def test_a_summary_that_misses_the_payout_is_told(self):
        body = sample("shopify", "settlement_payout.json").replace(
            b'"charges_fee_amount":"1.71"', b'"charges_fee_amount":"1.70"'
        )
        self.assertEqual([flaw.code for flaw in read(body)[1].flaws], ["sum"])

    def test_without_its_number_a_payout_is_what_was_paid_that_day_and_what_is_pending_is_in_none(self):
        code, check, lines = read(sample("shopify", "settlement_transactions.csv"))
        self.assertEqual(code, "shopify_transactions")
        self.assertEqual(figures(check), {"": ("-30.05", "-30.05", None), "2026-03-07/USD": ("114.78", "114.78", None)})
        self.assertEqual([flaw.code for flaw in check.flaws], ["unstated"])
        self.assertEqual([line.order_number for line in lines], ["#1041", "#1040", "#1040"])

    def test_fees_of_the_export_of_payouts_count_whichever_sign_they_have(self):
        code, check, _lines = read(sample("shopify", "settlement_payouts.csv"))
        self.assertEqual((code, check.flaws), ("shopify_payouts", []))
        self.assertEqual([found[0] for found in figures(check).values()], ["114.78", "23.25"])
        self.assertEqual([found.settlement.state for found in check.sums.values()], ["paid", "open"])
