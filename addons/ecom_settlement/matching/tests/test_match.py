"""Lines find their orders by what the report names, and are never given to one that is only likely."""

import unittest
from datetime import date
from decimal import Decimal

from matching.known import Known, Sold
from matching.line import Line
from matching.match import Match, match, remitted, uncancelled


def of(*orders):
    return frozenset(orders)


KNOWN = Known(
    ids={"501": of(1), "502": of(2)},
    names={"1041": of(1), "77": of(3, 4)},
    payments={"tr_1": of(1), "tr_2": of(2)},
    refunds={"re_2": of(2)},
    lines={"item-1": of(1)},
    parcels={"parcel-2": of(2)},
    goods={
        "MUG": (
            Sold(order=5, quantity=Decimal(2), amounts=of(Decimal("20.00"), Decimal("24.00")), day=date(2026, 3, 1)),
        )
    },
)


def line(family="sale", **values):
    return Line(number=1, family=family, **values)


class TestMatch(unittest.TestCase):
    def test_any_of_its_names_finds_the_order(self):
        for names in ({"payment": "tr_1"}, {"order": "501"}, {"name": "#1041"}, {"order": "1041"}, {"name": " 1041"}):
            with self.subTest(names=names):
                self.assertEqual(match(line(**names), KNOWN), Match("confirmed", of(1)))

    def test_a_refund_is_found_by_itself_or_by_the_payment_it_gives_back(self):
        self.assertEqual(match(line("refund", refund="re_2"), KNOWN).orders, of(2))
        self.assertEqual(match(line("refund", refund="tr_2"), KNOWN).orders, of(2))

    def test_one_name_of_two_orders_is_offered_and_not_taken_until_another_name_tells(self):
        self.assertEqual(match(line(name="77"), KNOWN), Match("ambiguous", of(3, 4)))
        both = Known(names={"77": of(2, 4)}, payments={"tr_2": of(2)})
        self.assertEqual(match(line(name="77", payment="tr_2"), both), Match("confirmed", of(2)))

    def test_names_that_contradict_each_other_are_offered_both(self):
        self.assertEqual(match(line(order="501", payment="tr_2"), KNOWN), Match("ambiguous", of(1, 2)))

    def test_an_unknown_order_is_open_and_a_fee_without_one_is_nothing_to_find(self):
        self.assertEqual(match(line(order="999"), KNOWN).state, "open")
        self.assertEqual(match(line(payment="tr_9"), KNOWN).state, "open")
        self.assertEqual(match(line("storage"), KNOWN).state, "none")

    def test_a_line_of_an_order_or_a_parcel_finds_the_order(self):
        self.assertEqual(match(line(line="item-1"), KNOWN), Match("confirmed", of(1)))
        self.assertEqual(match(line(parcel="parcel-2"), KNOWN), Match("confirmed", of(2)))
        self.assertEqual(match(line(order="501", parcel="parcel-2"), KNOWN), Match("ambiguous", of(1, 2)))

    def test_goods_amount_and_day_are_offered_and_never_taken(self):
        sold = {"sku": "MUG", "quantity": Decimal(2), "amount": Decimal("24.00"), "day": date(2026, 3, 9)}
        self.assertEqual(match(line(**sold), KNOWN), Match("ambiguous", of(5)))
        self.assertEqual(match(line(**{**sold, "amount": Decimal("-20.00")}), KNOWN).orders, of(5))
        for other in (
            {"quantity": Decimal(3)}, {"amount": Decimal("24.01")}, {"day": date(2026, 2, 28)}, {"sku": "CUP"},
            {"day": date(2026, 5, 1)},
        ):  # fmt: skip
            with self.subTest(other=other):
                self.assertEqual(match(line(**{**sold, **other}), KNOWN), Match("none"))

    def test_goods_are_not_asked_where_the_line_names_an_order_that_is_not_here_or_is_a_fee(self):
        sold = {"sku": "MUG", "amount": Decimal("24.00"), "day": date(2026, 3, 9)}
        self.assertEqual(match(line(order="999", **sold), KNOWN), Match("open"))
        self.assertEqual(match(line("commission", **sold), KNOWN), Match("none"))


class TestRemitted(unittest.TestCase):
    def tax(self, number, family, amount, order="A", kind="Order"):
        return Line(number=number, family=family, amount=Decimal(amount), order=order, kind=kind)

    def test_tax_that_is_taken_out_again_was_never_ours(self):
        lines = [self.tax(1, "tax", "10.40"), self.tax(2, "tax", "0.60"), self.tax(3, "remitted_tax", "-11.00")]
        self.assertEqual(remitted(lines), {1, 2})

    def test_tax_of_another_order_or_of_the_refund_or_a_cent_apart_stays_ours(self):
        self.assertEqual(remitted([self.tax(1, "tax", "10.40"), self.tax(2, "remitted_tax", "-10.39")]), set())
        self.assertEqual(remitted([self.tax(1, "tax", "9"), self.tax(2, "remitted_tax", "-9", "B")]), set())
        self.assertEqual(remitted([self.tax(1, "tax", "9"), self.tax(2, "remitted_tax", "-9", kind="Refund")]), set())

    def test_what_does_not_come_to_nothing_is_told_by_order(self):
        lines = [
            self.tax(1, "tax", "10.40"), self.tax(2, "remitted_tax", "-10.39"),
            self.tax(3, "tax", "5", "B"), self.tax(4, "remitted_tax", "-5", "B"),
            self.tax(5, "tax", "7", "C"),
            self.tax(6, "tax", "-1", "D", "Refund"), self.tax(7, "remitted_tax", "1.50", "D", "Refund"),
            self.tax(8, "remitted_tax", "-2", ""),
        ]  # fmt: skip
        self.assertEqual(uncancelled(lines), {"A": Decimal("0.01"), "D": Decimal("0.50"), "": Decimal("-2")})
