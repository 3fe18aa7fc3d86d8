"""Klarna's payouts: amounts without signs, which their types tell."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_types_give_the_signs_and_the_sum_is_the_payout(self):
        code, check, lines = read(sample("klarna", "settlement_payout.json"))
        self.assertEqual((code, check.flaws), ("klarna", []))
        self.assertEqual(figures(check), {"XISA93DJ": ("142.52", "142.52", "0.00")})
        self.assertEqual([str(line.net) for line in lines], ["200.00", "-50.00", "-5.98", "-1.50"])
        self.assertEqual((str(lines[2].tax), lines[0].order_number), ("1.50", "1041"))
