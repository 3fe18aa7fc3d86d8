import unittest

from rules.demand.intensity import BUNCHING, CALM, Busy, believed, learnt, usual_orders


class TestIntensity(unittest.TestCase):
    def test_after_a_receipt_a_surge_is_expected_and_the_wariness_fades(self):
        means = [believed(20.0, age).mean for age in (0.0, 3600.0, 7200.0, 1e6, None)]
        self.assertEqual(means, [20.0 * BUNCHING, 10.0 * BUNCHING, 5.0 * BUNCHING, CALM, CALM])

    def test_orders_wake_the_belief_and_quiet_calms_it(self):
        belief = Busy(4.0, 0.5)
        self.assertEqual(learnt(belief, 3, 0.0).mean, 28.0)
        self.assertLess(learnt(belief, 0, 2.0).mean, 0.25)

    def test_much_evidence_says_what_was_counted(self):
        found = learnt(Busy(40.0, 0.5), 700, 100.0)
        self.assertAlmostEqual(found.mean, 7.0, places=2)
        self.assertGreater(found.shape, 700)

    def test_what_cannot_be_known_yet_proves_nothing(self):
        self.assertEqual(usual_orders((0.1, 0.5), 100.0, (20.0, 200.0)), 8.0)
