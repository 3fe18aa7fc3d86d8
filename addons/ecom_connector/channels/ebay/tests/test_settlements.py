"""eBay: the transaction report, whose payouts explain themselves or the file as a whole does; the Finances API."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestReport(unittest.TestCase):
    def test_payouts_that_are_explained_by_their_rows_are_settlements_of_their_own(self):
        code, check, lines = read(sample("ebay", "settlement_report.csv"))
        self.assertEqual((code, check.flaws), ("ebay_report", []))
        self.assertEqual(figures(check), {"P1": ("20.00", "20.00", "0.00"), "P2": ("-10.00", "-10.00", "0.00")})
        self.assertEqual((str(lines[0].amount), str(lines[0].fee), lines[1].family), ("25.00", "3.54", "advertising"))
        self.assertEqual(lines[1].order_id, "")

    def test_a_row_without_its_payout_makes_the_report_one_settlement(self):
        body = sample("ebay", "settlement_report.csv").replace(b'"Mar 7, 2026","P1","--"', b'"","","--"')
        _code, check, _lines = read(body)
        self.assertEqual(figures(check), {"report/USD": ("10.00", "10.00", "0.00")})

    def test_parts_that_miss_the_net_amount_are_told(self):
        body = sample("ebay", "settlement_report.csv").replace(b'"-3.24"', b'"-3.25"')
        self.assertEqual([(flaw.code, flaw.row) for flaw in read(body)[1].flaws], [("row", 5)])


class TestFinances(unittest.TestCase):
    def test_the_booking_entry_is_the_sign_and_a_sale_is_stated_after_its_fees(self):
        code, check, lines = read(sample("ebay", "settlement_finances.json"))
        self.assertEqual((code, check.flaws), ("ebay_finances", []))
        self.assertEqual(figures(check), {"P1": ("15.36", "15.36", "0.00"), "": ("-1.00", "-1.00", None)})
        self.assertEqual([(str(line.amount), str(line.fee)) for line in lines[:2]], [("25.00", "3.54"), ("-6.10", "0")])
        self.assertEqual(lines[2].family, "advertising")
