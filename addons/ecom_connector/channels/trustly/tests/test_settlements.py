"""Trustly's funding report: records without headings."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_transactions_less_fees_are_the_deposit(self):
        code, check, lines = read(sample("trustly", "settlement_funding.csv"))
        self.assertEqual((code, check.flaws), ("trustly", []))
        self.assertEqual([found for found in figures(check).values()], [("858.37", "858.37", "0.00")])
        self.assertEqual((str(lines[0].amount), str(lines[0].fee)), ("860", "1.63"))
