import unittest
from decimal import Decimal as D

from rules.checks.facts import Limits

from .common import codes, earlier, order

BASKET = {7: D(2), 8: D(1)}


class TestDuplicate(unittest.TestCase):
    def test_the_same_basket_a_moment_ago_is_suspected(self):
        self.assertEqual(codes("duplicate", order(), earlier=(earlier(basket=BASKET),)), ["duplicate"])

    def test_another_basket_is_another_order(self):
        for basket in ({7: D(2)}, {7: D(1), 8: D(1)}, {}):
            self.assertEqual(codes("duplicate", order(), earlier=(earlier(basket=basket),)), [])

    def test_the_same_again_after_some_time_is_meant(self):
        others = (earlier(hours=25, basket=BASKET),)
        self.assertEqual(codes("duplicate", order(), earlier=others), [])
        self.assertEqual(codes("duplicate", order(), Limits(hours=48), earlier=others), ["duplicate"])

    def test_of_two_that_are_the_same_only_the_later_one_is_suspected(self):
        self.assertEqual(codes("duplicate", order(), earlier=(earlier(hours=-1, basket=BASKET),)), [])

    def test_two_orders_of_which_nothing_is_known_are_not_the_same(self):
        self.assertEqual(codes("duplicate", order(), goods={}, earlier=(earlier(),)), [])
