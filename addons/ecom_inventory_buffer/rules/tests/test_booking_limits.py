import unittest
from decimal import Decimal

from rules.booking_limits import Demand, booking_limits, protected


def poisson(margin, mean):
    return Demand(Decimal(margin), mean, mean)


class TestBookingLimits(unittest.TestCase):
    def test_the_worked_example(self):
        # Margins 12, 9 and 5 with mean demands 20, 30 and 50: 17 units are protected for the best class, 50 for both.
        demands = {"web": poisson(12, 20.0), "ebay": poisson(9, 30.0), "outlet": poisson(5, 50.0)}
        self.assertEqual(booking_limits(40, demands), {"web": 40, "ebay": 23, "outlet": 0})
        self.assertEqual(booking_limits(60, demands), {"web": 60, "ebay": 43, "outlet": 10})

    def test_littlewood_for_two(self):
        # P(D > y) <= 1/2 first holds at the median of the better class.
        self.assertEqual(protected([poisson(10, 20.0)], Decimal(5)), 20)

    def test_equal_margins_protect_nothing_among_each_other(self):
        self.assertEqual(booking_limits(9, {"a": poisson(5, 20.0), "b": poisson(5, 30.0)}), {"a": 9, "b": 9})

    def test_who_loses_money_gets_what_nobody_else_could_want(self):
        limits = booking_limits(100, {"web": poisson(10, 5.0), "outlet": poisson(-1, 50.0)})
        self.assertEqual(limits["web"], 100)
        self.assertLess(limits["outlet"], 85)

    def test_uncertain_demand_protects_more_of_what_earns_much_more(self):
        sure = protected([poisson(100, 20.0)], Decimal(5))
        unsure = protected([Demand(Decimal(100), 20.0, 200.0)], Decimal(5))
        self.assertGreater(unsure, sure)

    def test_large_demand_is_no_trouble(self):
        # A thousand times the example: 20,000 less 0.67 standard deviations of 141.
        self.assertEqual(protected([poisson(12, 20_000.0)], Decimal(9)), 19_905)

    def test_nobody_better_nothing_protected(self):
        self.assertEqual(protected([], Decimal(9)), 0)
