"""Mollie's settlements: four decimals in the parts, two in the total."""

import unittest

from channels.reports.tests.reading import figures, read, sample


class TestSettlements(unittest.TestCase):
    def test_payments_are_the_lines_and_the_revenue_proves_them(self):
        code, check, lines = read(sample("mollie", "settlement_with_payments.json"))
        self.assertEqual((code, check.flaws), ("mollie", []))
        self.assertEqual(figures(check), {"stl_1": ("56.5804", "56.58", "-0.0004")})
        self.assertEqual(check.sums["stl_1"].rounding, check.sums["stl_1"].difference)
        self.assertEqual([(line.family, line.order_number) for line in lines[:2]], [("sale", "1041"), ("sale", "")])
        self.assertEqual((str(lines[-1].net), str(lines[-1].tax)), ("-0.9196", "0.1596"))

    def test_payments_that_miss_the_revenue_are_told(self):
        body = sample("mollie", "settlement_with_payments.json").replace(b'"value":"20.00"', b'"value":"20.10"')
        self.assertEqual([flaw.code for flaw in read(body)[1].flaws], ["sum", "sum"])
