import unittest
from dataclasses import replace
from decimal import Decimal as D

from rules.checks import ask
from rules.checks.facts import Facts, Limits

from .common import CUP, SHIRT, codes, order


class TestPrice(unittest.TestCase):
    def found(self, gross, percent=50, **prices):
        line = replace(SHIRT, gross=D(gross))
        prices = {"l1": D("20"), **prices}
        return codes("price", order(line, CUP), Limits(percent=D(percent)), prices=prices)

    def test_a_price_far_below_or_above_the_pricelist_is_told(self):
        self.assertEqual(self.found("4.00"), ["price_low"])
        self.assertEqual(self.found("400.00"), ["price_high"])

    def test_a_price_within_the_limit_is_good(self):
        self.assertEqual(self.found("20.00"), [])
        self.assertEqual(self.found("60.00"), [])
        self.assertEqual(self.found("19.98"), ["price_low"])
        self.assertEqual(self.found("36.00", percent=5), ["price_low"])

    def test_a_line_that_no_pricelist_knows_is_not_judged(self):
        self.assertEqual(codes("price", order()), [])

    def test_a_discount_is_meant(self):
        line = replace(SHIRT, discount=D("39.00"))
        self.assertEqual(codes("price", order(line), prices={"l1": D(20)}), [])

    def test_a_gift_beside_paid_goods_is_meant_but_a_whole_order_for_nothing_is_not(self):
        self.assertEqual(self.found("0"), [])
        line = replace(SHIRT, gross=D(0))
        self.assertEqual(codes("price", order(line), prices={"l1": D(20)}), ["price_low"])

    def test_the_reason_names_both_prices_of_one_unit(self):
        found = ask("price", order(replace(SHIRT, gross=D("5"))), Facts(prices={"l1": D("20")}), Limits())
        values = dict(found.reasons[0].values)
        self.assertEqual(values, {"item": "Shirt", "asked": D("2.50"), "listed": D("20.00")})
