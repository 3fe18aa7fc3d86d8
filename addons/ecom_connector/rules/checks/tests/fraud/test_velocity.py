import unittest

from rules.checks.facts import Facts, Limits
from rules.checks.fraud import velocity

from ..common import earlier, order


class TestVelocity(unittest.TestCase):
    def found(self, *others, **limits):
        reasons = velocity.find(order(), Facts(earlier=others), Limits(**limits))
        return [(reason.values["count"], reason.points) for reason in reasons]

    def test_many_orders_in_a_short_time_are_a_sign_and_more_of_them_a_stronger_one(self):
        self.assertEqual(self.found(*[earlier()] * 3), [])
        self.assertEqual(self.found(*[earlier()] * 4), [(4, 25)])
        self.assertEqual(self.found(*[earlier()] * 6), [(6, 45)])
        self.assertEqual(self.found(*[earlier()] * 60), [(60, 50)])

    def test_what_is_longer_ago_does_not_count(self):
        self.assertEqual(self.found(*[earlier(hours=25)] * 9), [])
        self.assertEqual(self.found(*[earlier(hours=25)] * 9, hours=48), [(9, 50)])

    def test_an_order_that_was_placed_later_says_nothing_of_this_one(self):
        self.assertEqual(self.found(*[earlier(hours=-1)] * 9), [])
