"""Adyen's settlement details, as CSV and as a spreadsheet."""

import csv
import io
import unittest
from datetime import datetime

import openpyxl
from channels.reports.tests.reading import figures, read, sample

BATCH = {"SHOP/12/EUR": ("62.58", "62.58", "0.00")}


class TestSettlements(unittest.TestCase):
    def test_debits_and_credits_of_a_batch_are_equal_with_the_payout(self):
        code, check, lines = read(sample("adyen", "settlement_details.csv"))
        self.assertEqual((code, check.flaws, figures(check)), ("adyen_details", [], BATCH))
        self.assertEqual(str(lines[1].net), "-0.15", "fees above the amount make a sale a debit")
        self.assertEqual(lines[1].order_number, "92598318", "a spreadsheet made a float of it")
        self.assertEqual([line.detail for line in lines if line.kind == "Fee"], ["Transaction Fees"] * 2)

    def test_a_spreadsheet_with_a_line_above_its_heading_says_the_same(self):
        book = openpyxl.Workbook()
        book.active.append(["Settlement details"])
        for row in csv.reader(io.StringIO(sample("adyen", "settlement_details.csv").decode())):
            book.active.append([_cell(text) for text in row])
        file = io.BytesIO()
        book.save(file)
        code, check, lines = read(file.getvalue())
        self.assertEqual((code, check.flaws, figures(check)), ("adyen_details", [], BATCH))
        self.assertEqual(lines[0].at.isoformat(), "2026-03-02T10:16:51+01:00")

    def test_without_its_payout_a_batch_was_cut(self):
        rows = sample("adyen", "settlement_details.csv").splitlines()
        self.assertEqual([flaw.code for flaw in read(b"\n".join(rows[:-1]))[1].flaws], ["unstated"])

    def test_gross_at_the_rate_less_fees_must_be_net(self):
        body = sample("adyen", "settlement_details.csv").replace(b"100.00,1,EUR", b"101.00,1,EUR")
        self.assertEqual([(flaw.code, flaw.row) for flaw in read(body)[1].flaws], [("row", 2)])


def _cell(text: str):
    """As a spreadsheet program stores it: numbers as numbers, moments as moments."""
    if text.startswith("2026-"):
        return datetime.fromisoformat(text)
    try:
        return float(text)
    except ValueError:
        return text
