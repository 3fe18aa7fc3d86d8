import unittest

from rules.decide import safe_units
from rules.risk.exposure import Latest, Reach
from rules.risk.shared import grain_of, in_parts, scaled

TABLES = Reach(0.01, 600.0, 60.0, 1.0, shown=3, unseen=4)
LEGS = Reach(0.01, 600.0, 60.0, 1.0)


class TestShared(unittest.TestCase):
    def test_a_kit_takes_several_of_its_component_at_a_time(self):
        taken = scaled(TABLES, 4)
        self.assertEqual((taken.units, taken.shown, taken.unseen, taken.rate), (4, 12, 16, 0.01))

    def test_parts_are_parts_of_what_is_taken(self):
        parts = [reach.share for reach in in_parts([scaled(TABLES, 4), scaled(LEGS, 1)])]
        self.assertEqual([round(part, 9) for part in parts], [0.8, 0.2])

    def test_half_a_metre_beside_the_cloth_by_the_metre(self):
        grain = grain_of([0.5, 1.0, 3.0])
        self.assertEqual([scaled(LEGS, units / grain).units for units in (0.5, 1.0, 3.0)], [1, 2, 6])
        self.assertEqual(grain_of([2.0, 4.0]), 1.0)

    def test_demand_for_the_kit_hides_the_last_of_its_component(self):
        alone = safe_units(4, [0.005], in_parts([scaled(LEGS, 1)]), Latest(age=0.0))
        shared = safe_units(4, [0.005, 0.005], in_parts([scaled(LEGS, 1), scaled(TABLES, 4)]), Latest(age=0.0))
        self.assertEqual(alone, [4])
        self.assertLessEqual(shared[0] + 4 * (shared[1] // 4), 4)
