import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal as D

from channels.records import Order
from rules.currencies import in_chosen_currency, stated_rate

PLACED = datetime(2026, 3, 2, 10, 0, tzinfo=timezone.utc)
IN_EUROS = Order(external_id="1", created_at=PLACED, currency="EUR", total=D("80.00"))
IN_DOLLARS = Order(external_id="1", created_at=PLACED, currency="USD", total=D("100.00"), in_shop_currency=IN_EUROS)


class TestCurrencies(unittest.TestCase):
    def test_the_buyers_currency_with_the_shops_total_beside_it(self):
        order = in_chosen_currency(IN_DOLLARS, "buyer")
        self.assertEqual((order.currency, order.total), ("USD", D(100)))
        self.assertEqual((order.other_currency, order.other_total), ("EUR", D(80)))

    def test_the_shops_currency_with_the_buyers_total_beside_it(self):
        order = in_chosen_currency(IN_DOLLARS, "shop")
        self.assertEqual((order.currency, order.total), ("EUR", D(80)))
        self.assertEqual((order.other_currency, order.other_total), ("USD", D(100)))

    def test_an_order_in_one_currency_is_taken_as_it_is(self):
        for policy in ("buyer", "shop"):
            self.assertIs(in_chosen_currency(IN_EUROS, policy), IN_EUROS)

    def test_the_channels_own_rate_is_that_of_its_two_totals(self):
        self.assertEqual(stated_rate(in_chosen_currency(IN_DOLLARS, "buyer"), "EUR"), D("1.25"))

    def test_there_is_no_rate_to_a_third_currency_nor_in_the_companys_own_nor_of_nothing(self):
        bought = in_chosen_currency(IN_DOLLARS, "buyer")
        self.assertIsNone(stated_rate(bought, "CHF"))
        self.assertIsNone(stated_rate(in_chosen_currency(IN_DOLLARS, "shop"), "EUR"))
        self.assertIsNone(stated_rate(replace(bought, total=D(0)), "EUR"))
