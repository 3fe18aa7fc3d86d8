import unittest

from rules.decide import safe_units
from rules.risk.crowd import MOST, busiest, merged
from rules.risk.exposure import Latest, Reach

FAST, SLOW = Reach(0.2, 600.0, 60.0, 0.5), Reach(0.001, 600.0, 60.0, 0.01)


class TestCrowd(unittest.TestCase):
    def test_those_that_sell_most_are_worked_out(self):
        reaches = [SLOW] * 20 + [FAST]
        self.assertEqual(busiest(reaches), [*range(MOST - 1), 20])

    def test_what_can_be_cut_goes_before_what_cannot(self):
        self.assertEqual(busiest([FAST] * MOST + [SLOW], first=[False] * MOST + [True])[-1], MOST)

    def test_together_they_sell_as_many_units(self):
        kit = SLOW._replace(units=4)
        crowd = merged([SLOW, kit, kit])
        self.assertAlmostEqual(crowd.rate * crowd.units, 0.001 * 9)
        self.assertFalse(crowd.limited)

    def test_a_thousand_listings_are_decided_and_the_last_unit_is_not_on_many(self):
        shown = safe_units(5, [0.005] * 1000, [FAST] + [SLOW] * 999, Latest(age=0.0))
        self.assertEqual(len(shown), 1000)
        self.assertLess(max(shown[1:]), 5)

    def test_in_a_crowd_that_hardly_sells_nothing_is_hidden(self):
        never = Reach(1e-12, 600.0, 60.0, 0.001)
        self.assertEqual(set(safe_units(5, [0.005] * 40, [never] * 40)), {5})

    def test_what_asks_for_no_risk_gets_no_answer(self):
        self.assertEqual(safe_units(5, [None, 0.005], [SLOW, SLOW._replace(rate=1e-12)])[0], None)
