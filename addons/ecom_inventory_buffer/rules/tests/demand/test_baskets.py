import unittest

from rules.demand.baskets import SIZES, learn_sizes, mean_size


class TestBaskets(unittest.TestCase):
    def test_before_anything_is_known_the_chances_fall_with_the_square(self):
        sizes = dict(learn_sizes())
        self.assertAlmostEqual(sum(sizes.values()), 1.0)
        self.assertAlmostEqual(sizes[1], 1 - 1 / 4)
        self.assertAlmostEqual(sizes[5], 1 / 16 - 1 / 36)

    def test_many_orders_outweigh_the_belief(self):
        sizes = dict(learn_sizes([1] * 900 + [2] * 100))
        self.assertAlmostEqual(sizes[2], 0.1, delta=0.01)
        self.assertLess(mean_size(tuple(sizes.items())), 1.2)

    def test_sizes_between_two_steps_are_rounded_up(self):
        more = dict(learn_sizes([4] * 1000))
        self.assertGreater(more[5], 0.9)

    def test_an_order_above_the_largest_size_counts_as_that(self):
        self.assertGreater(dict(learn_sizes([1000] * 1000))[SIZES[-1]], 0.9)
