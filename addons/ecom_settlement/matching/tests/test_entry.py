"""Whatever a payout is made of, its entry is balanced and equal to it, or it is refused."""

import unittest
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from matching.entry import Part, Refused, Terms, compose

MARCH, APRIL = date(2026, 3, 30), date(2026, 4, 2)
AMOUNTS = st.decimals(min_value=-99999, max_value=99999, places=4, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 9))


@st.composite
def parts(draw, digits):
    return [
        Part(
            amount=round(draw(AMOUNTS), digits),
            day=draw(DAYS),
            order=draw(st.integers(0, 3)),
            is_refund=draw(st.booleans()),
            account=draw(st.integers(1, 3)),
            label=draw(st.sampled_from("ab")),
        )
        for _number in range(draw(st.integers(1, 12)))
    ]


def part(amount, day=MARCH, **values):
    return Part(amount=Decimal(amount), day=day, **values)


def roles(legs):
    return [(leg.role, str(leg.amount)) for leg in legs]


class TestEntry(unittest.TestCase):
    def test_orders_are_credited_fees_debited_and_the_payout_is_owed_by_the_channel(self):
        found = compose(
            [part("100", order=1), part("-15", account=7), part("-40", order=2, is_refund=True)], terms("45")
        )
        self.assertEqual(
            [(day, roles(legs)) for day, legs in found],
            [(MARCH, [("order", "-100.00"), ("account", "15.00"), ("order", "40.00"), ("deposit", "45")])],
        )

    def test_a_payout_over_two_months_is_carried_from_the_first_to_the_second(self):
        found = compose([part("100", order=1), part("-30", APRIL, account=7)], terms("70"))
        self.assertEqual(
            [(day, roles(legs)) for day, legs in found],
            [
                (MARCH, [("order", "-100.00"), ("carried", "100.00")]),
                (APRIL, [("account", "30.00"), ("carried", "-100.00"), ("deposit", "70")]),
            ],
        )

    def test_a_payout_that_was_charged_to_the_seller_is_owed_to_the_channel(self):
        ((_day, legs),) = compose([part("-12", account=7)], terms("-12"))
        self.assertEqual(roles(legs), [("account", "12.00"), ("deposit", "-12")])

    def test_a_payout_of_nothing_is_booked_all_the_same(self):
        ((_day, legs),) = compose([part("12", order=1), part("-12", account=7)], terms("0"))
        self.assertEqual(roles(legs), [("order", "-12.00"), ("account", "12.00")])

    def test_a_month_in_which_nothing_moved_has_no_entry(self):
        found = compose([part("0", order=1), part("-12", APRIL, account=7)], terms("-12"))
        self.assertEqual([day for day, _legs in found], [APRIL])
        self.assertEqual(compose([part("0", order=1)], terms("0")), [])

    def test_an_entry_an_order_has_its_fees_and_its_share_of_the_payout(self):
        parts = [part("24", order=1), part("-1", account=7, about=1), part("-3", account=7)]
        found = compose(parts, terms("20", is_by_order=True))
        self.assertEqual(
            [roles(legs) for _day, legs in found],
            [
                [("order", "-24.00"), ("account", "1.00"), ("share", "23.00")],
                [("account", "3.00"), ("share", "-23.00"), ("deposit", "20")],
            ],
        )

    def test_a_statement_leaves_its_balance_with_the_channel(self):
        ((_day, legs),) = compose([part("50", order=1), part("-20", is_payout=True)], terms(None))
        self.assertEqual(roles(legs), [("order", "-50.00"), ("deposit", "20.00"), ("balance", "30.00")])

    def test_digits_that_the_currency_does_not_have_become_a_rounding_line_within_the_limit(self):
        lines = [part("86.10", order=1), part("-2.541", account=7), part("-0.604", account=8)]
        ((_day, legs),) = compose(lines, terms("82.96"))
        self.assertNotIn("rounding", dict(roles(legs)))
        ((_day, legs),) = compose([part("1.004", order=number) for number in range(1, 6)], terms("5.02"))
        self.assertEqual(roles(legs)[-1], ("rounding", "-0.02"))
        with self.assertRaises(Refused) as caught:
            compose([part("1.004", order=number) for number in range(1, 51)], terms("50.20"))
        self.assertEqual(caught.exception.code, "rounding")

    def test_lines_that_miss_the_payout_are_refused_until_somebody_accepts_that(self):
        with self.assertRaises(Refused) as caught:
            compose([part("10", order=1)], terms("11"))
        self.assertEqual((caught.exception.code, caught.exception.amount), ("sum", Decimal(1)))
        ((_day, legs),) = compose([part("10", order=1)], terms("11", is_accepted=True))
        self.assertEqual(roles(legs), [("order", "-10.00"), ("deposit", "11"), ("suspense", "-1.00")])

    @settings(max_examples=200, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 3), st.data())
    def test_every_entry_is_balanced_and_together_they_are_the_payout_whatever_the_order_of_lines(self, digits, data):
        lines = data.draw(parts(4))
        total = sum(line.amount for line in lines)
        payout = round(total, digits)
        try:
            entries = compose(lines, Terms(payout=payout, digits=digits, limit=Decimal(1000)))
        except Refused as refusal:
            self.assertEqual(refusal.code, "sum")
            return
        for _day, legs in entries:
            self.assertEqual(sum(leg.amount for leg in legs), 0)
        together = [leg for _day, legs in entries for leg in legs]
        self.assertEqual(sum(leg.amount for leg in together if leg.role == "deposit"), payout)
        self.assertEqual(sum(leg.amount for leg in together if leg.role == "carried"), 0)
        shuffled = compose(data.draw(st.permutations(lines)), Terms(payout=payout, digits=digits, limit=Decimal(1000)))
        key = lambda leg: (leg.role, leg.order, leg.is_refund, leg.account, leg.label, leg.amount)  # noqa: E731
        self.assertEqual(
            [(day, sorted(legs, key=key)) for day, legs in shuffled],
            [(day, sorted(legs, key=key)) for day, legs in entries],
        )


def terms(payout, **values):
    return Terms(payout=None if payout is None else Decimal(payout), **values)
