"""Walmart's reconciliation report, with and without what a spreadsheet leaves of it."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_lines_come_to_the_summary_and_a_spoiled_order_number_is_told(self):
        code, check, lines = read(sample("walmart", "settlement_recon.tsv"))
        self.assertEqual(code, "walmart_recon")
        self.assertEqual(figures(check), {"03/01/2026-03/14/2026": ("9.07", "9.07", "0.00")})
        self.assertEqual([(flaw.code, flaw.row) for flaw in check.flaws], [("spoiled", 4)])
        self.assertEqual([line.family for line in lines], ["sale", "tax", "remitted_tax", "commission", "label"])

    def test_a_file_with_fewer_lines_than_it_says_was_cut(self):
        rows = sample("walmart", "settlement_recon.tsv").splitlines()
        body = b"\n".join([rows[0], b"Number of Lines in file 81", *rows[1:]])
        self.assertIn("count", {flaw.code for flaw in read(body)[1].flaws})
