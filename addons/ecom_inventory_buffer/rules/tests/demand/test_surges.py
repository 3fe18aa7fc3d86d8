import random
import unittest

from rules.demand.history import learn
from rules.demand.surges import BELIEF_SURGE, LARGEST, SMALLEST

HOURS = 28 * 24


def hours(shape, rate=1.0, products=20, surge=None, seed=1):
    """Counts with that shape; `surge`: (product number, hour, factor)."""
    chance, counts = random.Random(seed), []
    for number in range(products):
        for hour in range(HOURS):
            mean = rate * (surge[2] if surge and (number, hour) == surge[:2] else 1.0)
            units = poisson(chance, chance.gammavariate(shape, mean / shape))
            if units:
                counts.append((hour, "web", f"p{number}", units))
    return counts


def poisson(chance, mean):
    passed, count = chance.expovariate(1.0), 0
    while passed < mean:
        passed += chance.expovariate(1.0)
        count += 1
    return count


class TestSurges(unittest.TestCase):
    def test_the_shape_that_made_the_counts_is_found(self):
        for shape in (0.8, 2.0):
            self.assertAlmostEqual(learn(hours(shape), HOURS).unevenness, shape, delta=0.2)

    def test_even_sales_and_wild_ones_are_kept_within_bounds(self):
        self.assertEqual(learn(hours(1000.0), HOURS).unevenness, LARGEST)
        self.assertEqual(learn(hours(0.05), HOURS).unevenness, SMALLEST)

    def test_without_surges_the_belief_stays(self):
        self.assertEqual(learn(hours(2.0), HOURS).surge, BELIEF_SURGE)

    def test_a_surge_counts_for_what_it_was(self):
        surge = learn(hours(2.0, surge=(3, 500, 400.0)), HOURS).surge
        self.assertGreater(surge, BELIEF_SURGE)

    def test_a_surge_does_not_make_the_other_hours_uneven(self):
        calm = learn(hours(2.0), HOURS).unevenness
        self.assertAlmostEqual(learn(hours(2.0, surge=(3, 500, 200.0)), HOURS).unevenness, calm, delta=0.3)
