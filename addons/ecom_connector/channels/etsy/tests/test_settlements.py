"""Etsy's monthly statements, chained from one to the next."""

import unittest
from decimal import Decimal

from channels.etsy.settlements import read
from channels.records import Settlement
from channels.reports.check import Check
from channels.reports.source import Source
from channels.reports.tests.reading import figures, sample
from channels.reports.tests.reading import read as read_report


class TestSettlements(unittest.TestCase):
    def test_deposits_are_told_in_words_and_equal_rows_are_all_real(self):
        code, check, lines = read_report(sample("etsy", "settlement_march.csv"))
        self.assertEqual((code, check.flaws), ("etsy_statement", []))
        self.assertEqual(figures(check), {"2026-03/EUR": ("64.27", "1068.87", None)})
        self.assertEqual([line.name for line in lines].count("Listing fee Listing #9"), 2)
        self.assertEqual([line.family for line in lines], ["sale", "remitted_tax", *["subscription"] * 2, "payout"])
        self.assertEqual((lines[0].order_id, lines[1].order_id), ("38", "38"))

    def test_a_month_is_what_was_carried_plus_its_lines(self):
        source = Source.of(sample("etsy", "settlement_march.csv"))
        check = Check().run(read(source))
        moved = check.sums["2026-03/EUR"]
        self.assertEqual(Decimal("1100.00") + moved.moved + moved.paid, Decimal("95.40"))
        self.assertIsInstance(moved.settlement, Settlement)
