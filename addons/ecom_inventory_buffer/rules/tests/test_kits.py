import datetime
import unittest

from rules.kits import kit_terms
from rules.terms import Terms

MAY, JUNE = datetime.date(2031, 5, 1), datetime.date(2031, 6, 1)


class TestKitTerms(unittest.TestCase):
    def test_the_scarcest_component_decides_and_the_sum_still_adds_up(self):
        legs, top = Terms(on_hand=18, reserved=2), Terms(on_hand=9, waiting=1)
        kit = kit_terms([(legs, 4), (top, 1)])
        self.assertEqual((kit.on_hand, kit.reserved, kit.waiting, kit.available), (4.5, 0.5, 0, 4))

    def test_what_is_missing_of_a_component_is_missing_of_the_kit(self):
        self.assertEqual(kit_terms([(Terms(on_hand=-4), 2), (Terms(on_hand=9), 1)]).available, -2)

    def test_a_kit_comes_in_when_all_its_components_do(self):
        legs = Terms(on_hand=4, incoming=((MAY, 8), (JUNE, 8)))
        top = Terms(on_hand=1, incoming=((JUNE, 2),))
        self.assertEqual(kit_terms([(legs, 4), (top, 1)]).incoming, ((JUNE, 2),))

    def test_a_kit_of_nothing_that_runs_out_shows_nothing(self):
        self.assertEqual(kit_terms([]), Terms())
