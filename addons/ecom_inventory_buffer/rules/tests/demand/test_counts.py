import math
import random
import unittest

from rules.demand.counts import at_least, capped, compound, enough, together, window

POISSON = math.inf


def more_than(chances, units):
    reached = at_least(chances)
    return reached[units + 1] if units + 1 < len(reached) else 0.0


class TestCompound(unittest.TestCase):
    def test_poisson_against_the_printed_table(self):
        chances = compound(0.25, POISSON)
        self.assertEqual([round(more_than(chances, b), 4) for b in (0, 1, 2)], [0.2212, 0.0265, 0.0022])

    def test_negative_binomial_of_shape_one_is_geometric(self):
        for k, chance in enumerate(compound(1.0, 1.0)[:10]):
            self.assertAlmostEqual(chance, 0.5 ** (k + 1), places=12)

    def test_sizes_of_orders_against_all_ways_to_add_them_up(self):
        sizes = ((1, 0.7), (3, 0.3))
        # Poisson with mean 2; three units are three ones, or one three.
        three = math.exp(-2) * (2 * 0.3 + 2**3 / 6 * 0.7**3)
        self.assertAlmostEqual(compound(2.0, POISSON, sizes)[3], three, places=12)

    def test_mean_and_variance_are_those_of_a_compound(self):
        sizes, mean, shape = ((1, 0.6), (2, 0.3), (5, 0.1)), 3.0, 2.0
        chances = compound(mean, shape, sizes)
        found = sum(k * chance for k, chance in enumerate(chances))
        square = sum(k * k * chance for k, chance in enumerate(chances))
        one, two = sum(s * p for s, p in sizes), sum(s * s * p for s, p in sizes)
        self.assertAlmostEqual(found, mean * one, places=3)
        self.assertAlmostEqual(square - found**2, mean * two + mean**2 / shape * one**2, places=2)

    def test_chances_add_up_and_the_rest_stands_at_the_end(self):
        chances = compound(50.0, 0.5, top=10)
        self.assertEqual(len(chances), 11)
        self.assertAlmostEqual(sum(chances), 1.0, places=12)
        self.assertGreater(chances[10], 0.5)

    def test_demand_far_beyond_the_end_is_certain_and_no_error(self):
        self.assertAlmostEqual(compound(5000.0, POISSON, top=5)[5], 1.0, places=12)
        self.assertAlmostEqual(compound(1e9, 3.0, top=5)[5], 1.0, places=6)

    def test_no_demand_is_surely_nothing(self):
        self.assertEqual(compound(0.0, 2.0), (1.0,))


class TestSums(unittest.TestCase):
    def test_two_poissons_are_a_poisson(self):
        found = together(compound(1.5, POISSON), compound(2.5, POISSON), 1000)
        for one, other in zip(found, compound(4.0, POISSON), strict=False):
            self.assertAlmostEqual(one, other, places=6)

    def test_against_every_pair(self):
        chance = random.Random(3)
        for _ in range(200):
            one, other = ([chance.random() for _k in range(chance.randint(1, 7))] for _n in range(2))
            one, other = (tuple(x / sum(row) for x in row) for row in (one, other))
            top = chance.randint(1, 14)
            expected = [0.0] * (len(one) + len(other) - 1)
            for i, p in enumerate(one):
                for j, q in enumerate(other):
                    expected[i + j] += p * q
            found = capped(together(one, other, top), top)
            for k, value in enumerate(capped(tuple(expected), top)):
                self.assertAlmostEqual(found[k], value, places=12)

    def test_a_cap_moves_what_lies_above_it(self):
        self.assertEqual(capped((0.5, 0.25, 0.125, 0.125), 1), (0.5, 0.5))
        self.assertEqual(capped((0.5, 0.5), 0), (1.0,))
        self.assertEqual(capped((0.5, 0.5), 7), (0.5, 0.5))


class TestEnough(unittest.TestCase):
    def test_poisson_for_one_percent(self):
        means = {0.05: 1, 0.1: 1, 0.25: 2, 0.5: 3, 1.0: 4, 2.0: 6, 5.0: 11}
        self.assertEqual({mean: enough(mean, POISSON, 0.01) for mean in means}, means)

    def test_negative_binomial_for_one_percent(self):
        shapes = {variance: 1 / (variance - 1) for variance in (2, 3, 5)}
        self.assertEqual([enough(1.0, shape, 0.01) for shape in shapes.values()], [6, 8, 11])

    def test_a_window_keeps_increments_independent(self):
        # A day with mean 24 and variance 72, a quarter of an hour of it: 4 units, where a constant shape says 2.
        mean, shape = window(24.0, 72.0, 1 / 96)
        self.assertEqual((mean, shape), (0.25, 12.0 / 96))
        self.assertEqual(enough(mean, shape, 0.01), 4)
        self.assertEqual(enough(mean, 12.0, 0.01), 2)

    def test_even_demand_is_poisson_in_a_window(self):
        self.assertEqual(window(24.0, 20.0, 0.5), (12.0, POISSON))

    def test_very_large_demand_is_found_by_the_normal_distribution(self):
        self.assertEqual(enough(10_000.0, POISSON, 0.01), 10_233)
