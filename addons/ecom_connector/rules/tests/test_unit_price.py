import unittest
from decimal import Decimal as D

from rules.unit_price import discount_percent, unit_price


class TestUnitPrice(unittest.TestCase):
    def test_the_channels_own_price_stands_where_it_gives_the_amount(self):
        percent = discount_percent(D("60.00"), D("5.00"))
        self.assertEqual(percent, D("8.33"))
        self.assertEqual(unit_price(D("55.00"), D("60.00"), percent, D(3), 2), D("20.00"))

    def test_more_digits_only_where_fewer_miss_the_amount(self):
        self.assertEqual(unit_price(D("24.79"), D("24.793389"), D(0), D(3), 2), D("8.264"))

    def test_a_large_amount_moves_the_price_and_not_the_discount(self):
        percent = discount_percent(D("10000.00"), D("3333.33"))
        price = unit_price(D("6666.67"), D("10000.00"), percent, D(1), 2)
        self.assertEqual(round(price * (1 - percent / 100), 2), D("6666.67"))

    def test_what_is_given_away_keeps_its_price(self):
        self.assertEqual(discount_percent(D(20), D(20)), D(100))
        self.assertEqual(unit_price(D(0), D(20), D(100), D(2), 2), D(10))

    def test_a_surcharge_belongs_into_the_price(self):
        self.assertEqual(discount_percent(D(20), D(-5)), D(0))
        self.assertEqual(discount_percent(D(0), D(0)), D(0))
