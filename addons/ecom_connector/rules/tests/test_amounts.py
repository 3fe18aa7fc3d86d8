import unittest
from datetime import datetime, timezone
from decimal import Decimal as D

from channels.records import Line, Order, Tax
from rules.amounts import amounts

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)


def tax(amount, code="vat", **values):
    return Tax(code=code, amount=D(amount), **values)


def line(gross, *taxes, discount="0"):
    return Line(external_id=gross, gross=D(gross), discount=D(discount), taxes=taxes)


def order(*lines, total, tax_total="0", tax_totals=()):
    return Order(
        external_id="1",
        created_at=PLACED,
        currency="EUR",
        lines=lines,
        total=D(total),
        tax_total=D(tax_total),
        tax_totals=tax_totals,
    )


class TestAmounts(unittest.TestCase):
    def test_lines_in_whole_cents_are_taken_as_they_are(self):
        found = amounts(
            order(line("20.00", tax("4.00")), line("5", tax("0.50"), discount="1"), total="28.50", tax_total="4.50"), 2
        )
        self.assertEqual([entry.net for entry in found.lines], [D(20), D(4)])
        self.assertEqual([entry.tax for entry in found.lines], [D(4), D("0.5")])
        self.assertEqual((found.difference, found.tax_difference), (0, 0))

    def test_a_gross_shop_states_more_digits_than_there_are_cents(self):
        # Three times 9.99 with 21 % in it: 8.256198... and 1.733801... each.
        net, vat = D("9.99") / D("1.21"), D("9.99") - D("9.99") / D("1.21")
        lines = [Line(external_id=str(i), gross=net, taxes=(tax(vat),)) for i in range(3)]
        found = amounts(order(*lines, total="29.97", tax_total="5.20"), 2)
        self.assertEqual([entry.net for entry in found.lines], [D("8.25"), D("8.26"), D("8.26")])
        self.assertEqual([entry.tax for entry in found.lines], [D("1.74"), D("1.73"), D("1.73")])
        self.assertEqual(found.difference, 0)

    def test_what_the_channel_states_per_rate_rules_over_its_lines(self):
        lines = [line("8.30", tax("1.66")) for _ in range(3)]
        stated = (tax("4.97"),)
        found = amounts(order(*lines, total="29.87", tax_total="4.97", tax_totals=stated), 2)
        self.assertEqual(sum(entry.tax for entry in found.lines), D("4.97"))
        self.assertEqual(found.difference, 0)

    def test_the_tax_a_marketplace_remits_is_no_part_of_what_the_order_comes_to(self):
        found = amounts(
            order(line("100", tax("8.25", remitted=True), tax("2", code="fee")), total="110.25", tax_total="10.25"), 2
        )
        self.assertEqual((found.total, found.tax, found.remitted), (D(102), D(2), D("8.25")))
        self.assertEqual(found.lines[0].remitted, D("8.25"))
        self.assertEqual((found.difference, found.tax_difference), (0, 0))

    def test_a_missing_cent_on_whole_lines_is_not_spread_but_shown(self):
        found = amounts(order(line("10.00"), line("5.00"), total="15.01"), 2)
        self.assertEqual([entry.net for entry in found.lines], [D(10), D(5)])
        self.assertEqual(found.difference, D("0.01"))

    def test_more_than_rounding_explains_is_not_hidden_in_a_broken_line(self):
        found = amounts(order(line("9.996"), line("5.00"), total="15.50"), 2)
        self.assertEqual(found.lines[0].net, D("10.00"))
        self.assertEqual(found.difference, D("0.50"))

    def test_tax_totals_of_a_rate_on_no_line_show_as_a_difference_in_tax(self):
        found = amounts(order(line("10"), total="12", tax_total="2", tax_totals=(tax("2"),)), 2)
        self.assertEqual((found.tax, found.tax_difference, found.difference), (0, 2, 2))

    def test_a_currency_without_cents_is_rounded_to_whole_units(self):
        found = amounts(
            order(line("1000.4", tax("100.04")), line("999.6", tax("99.96")), total="2200", tax_total="200"), 0
        )
        self.assertEqual([(entry.net, entry.tax) for entry in found.lines], [(1000, 100), (1000, 100)])
