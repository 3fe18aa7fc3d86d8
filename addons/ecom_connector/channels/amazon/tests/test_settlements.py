"""Amazon's reports in their layouts, languages and number formats."""

import unittest
from datetime import datetime, timezone
from decimal import Decimal

from channels.errors import Unreadable
from channels.reports.tests.reading import figures, read, sample


class TestV2(unittest.TestCase):
    def test_lines_come_to_the_payout_and_say_what_they_are(self):
        code, check, lines = read(sample("amazon", "settlement_v2.txt"))
        self.assertEqual((code, check.flaws), ("amazon_v2", []))
        self.assertEqual(figures(check), {"1700001": ("5.37", "5.37", "0.00")})
        families = [line.family for line in lines]
        self.assertEqual(
            families,
            ["sale", "tax", "remitted_tax", "commission", "promotion", "refund", "commission", "dispute"]
            + ["reserve", "reserve", "advertising", "unknown"],
        )
        self.assertEqual((lines[0].order_id, lines[0].sku, lines[0].quantity), ("302-1", "MUG", Decimal(1)))
        self.assertEqual(lines[0].at, datetime(2026, 3, 2, 8, 14, 22, tzinfo=timezone.utc))

    def test_european_numbers_and_dates_are_read(self):
        _code, check, lines = read(sample("amazon", "settlement_v2_europe.txt"))
        self.assertEqual(figures(check), {"1700002": ("970.00", "970.00", "0.00")})
        self.assertEqual(
            check.sums["1700002"].settlement.paid_at, datetime(2026, 3, 16, 7, 49, 55, tzinfo=timezone.utc)
        )
        self.assertEqual(lines[0].at.day, 2)

    def test_columns_may_stand_in_any_order(self):
        rows = [row.split("\t") for row in sample("amazon", "settlement_v2.txt").decode().splitlines()]
        turned = "\n".join("\t".join(reversed(row)) for row in rows).encode()
        self.assertEqual(figures(read(turned)[1]), {"1700001": ("5.37", "5.37", "0.00")})

    def test_a_total_on_every_row_changes_nothing(self):
        rows = sample("amazon", "settlement_v2.txt").decode().splitlines()
        first = rows[1].split("\t")[:6]
        repeated = [*rows[:2], *("\t".join([*first, *row.split("\t")[6:]]) for row in rows[2:])]
        self.assertEqual(figures(read("\n".join(repeated).encode())[1]), {"1700001": ("5.37", "5.37", "0.00")})

    def test_two_settlements_in_one_file_are_two(self):
        other = sample("amazon", "settlement_v2.txt").replace(b"1700001", b"1700009").split(b"\n", 1)[1]
        _code, check, lines = read(sample("amazon", "settlement_v2.txt") + other)
        self.assertEqual([found[1] for found in figures(check).values()], ["5.37", "5.37"])
        self.assertEqual(len(lines), 24)

    def test_a_file_that_was_cut_contradicts_itself(self):
        rows = sample("amazon", "settlement_v2.txt").splitlines()
        _code, check, _lines = read(b"\n".join(rows[:-3]))
        self.assertEqual([flaw.code for flaw in check.flaws], ["sum"])
        _code, check, _lines = read(b"\n".join(rows[:2]))
        self.assertEqual([flaw.code for flaw in check.flaws], ["empty"])

    def test_an_order_number_that_a_spreadsheet_spoiled_is_told(self):
        body = sample("amazon", "settlement_v2.txt").replace(b"302-1", b"3.02E+16")
        self.assertEqual({flaw.code for flaw in read(body)[1].flaws}, {"spoiled"})

    def test_an_amount_with_two_marks_that_do_not_fit_is_unreadable(self):
        with self.assertRaises(Unreadable):
            read(sample("amazon", "settlement_v2.txt").replace(b"\t100.00\t", b"\t1,0.0,0\t"))


class TestV1(unittest.TestCase):
    def test_each_amount_of_a_row_is_a_line_and_a_mere_quantity_is_none(self):
        code, check, lines = read(sample("amazon", "settlement_v1.txt"))
        self.assertEqual((code, check.flaws), ("amazon_v1", []))
        self.assertEqual(figures(check), {"900": ("-1.60", "-1.60", "0.00")})
        found = [(line.external_id, line.detail, line.family, str(line.net)) for line in lines]
        self.assertEqual(
            found,
            [
                ("4.1", "ItemPrice/Principal", "sale", "19.99"),
                ("4.2", "ItemFees/FBAPerUnitFulfillmentFee", "fulfilment", "-3.22"),
                ("5.1", "ItemFees/Cost of Advertising", "advertising", "-10.00"),
                ("5.2", "other-transaction/TaxAmount", "advertising", "-1.30"),
                ("6", "other-transaction/Payable to Amazon", "carried", "-7.07"),
            ],
        )


class TestDateRange(unittest.TestCase):
    def test_french_headings_months_and_numbers_are_read_and_deferred_money_is_not_counted(self):
        code, check, lines = read(sample("amazon", "settlement_date_range_french.csv"))
        self.assertEqual((code, check.flaws), ("amazon_date_range", []))
        self.assertEqual(figures(check), {"777": ("868.04", "868.04", "0.00"), "": ("8.50", "8.50", None)})
        self.assertEqual(check.sums["777"].settlement.currency, "EUR")
        deferred = [line for line in lines if line.order_id == "402-2"]
        self.assertEqual(
            [(line.family, str(line.net)) for line in deferred], [("sale", "10.00"), ("commission", "-1.50")]
        )
        self.assertEqual({line.settlement_id for line in deferred}, {""}, "in no payout yet")
        self.assertEqual(lines[0].at, datetime(2026, 7, 1, 8, 31, 35, tzinfo=timezone.utc))

    def test_a_row_whose_parts_miss_its_total_is_told(self):
        body = sample("amazon", "settlement_date_range_french.csv").replace(b"-153,74", b"-153,75")
        self.assertEqual([(flaw.code, flaw.row) for flaw in read(body)[1].flaws], [("row", 4), ("sum", 0)])
