"""Numbers as reports write them; a wrong guess would be a wrong amount, so there are no guesses."""

import unittest
from decimal import Decimal

from channels.errors import Unreadable
from channels.reports.amounts import identifier, is_spoiled, minor, money, single_mark
from hypothesis import given
from hypothesis import strategies as st


class TestAmounts(unittest.TestCase):
    def test_marks_signs_and_blanks_of_many_countries(self):
        for text, decimal, value in (
            ("1,234.56", ".", "1234.56"),
            ("1.234,56", ",", "1234.56"),
            ("1\u202f234,56", ",", "1234.56"),
            ("1'234.50", ".", "1234.50"),
            ("-$0.99", ".", "-0.99"),
            ("$-0.99", ".", "-0.99"),
            ("(12.50)", ".", "-12.50"),
            ("12.50-", ".", "-12.50"),
            ("\u22121,00", ",", "-1.00"),
            ("CA$5.00", ".", "5.00"),
            ("12,34,567.00", ".", "1234567.00"),
            ("--", ".", "0"),
            ("", ",", "0"),
            (".5", ".", "0.5"),
        ):
            with self.subTest(text=text):
                self.assertEqual(money(text, decimal), Decimal(value))

    def test_what_does_not_fit_the_mark_is_refused_and_not_guessed(self):
        for text, decimal in (("12,50", "."), ("12.50", ","), ("1.2.3", "."), ("1e5", "."), ("NaN", "."), ("1_0", ".")):
            with self.subTest(text=text), self.assertRaises(Unreadable):
                money(text, decimal)

    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
    def test_every_amount_survives_being_written_either_way(self, value):
        english = f"{value:,.2f}"
        european = english.translate(str.maketrans(",.", ".,"))
        self.assertEqual((money(english, "."), money(european, ",")), (value, value))
        self.assertEqual(single_mark(f"{value:.2f}".replace(".", ",")), value)

    def test_minor_units_follow_the_currency(self):
        found = [str(minor(1999, currency)) for currency in ("EUR", "jpy", "KWD")]
        self.assertEqual(found, ["19.99", "1999", "1.999"])
        for odd in (1.5, True, "x", None):
            with self.assertRaises(Unreadable):
                minor(odd, "EUR")

    def test_ids_that_became_numbers(self):
        self.assertEqual([identifier(text) for text in ("92598318.0", " A-1 ", "10")], ["92598318", "A-1", "10"])
        self.assertTrue(is_spoiled("1.19E+14"))
        self.assertFalse(is_spoiled("302-1") or is_spoiled("E12") or is_spoiled(""))
