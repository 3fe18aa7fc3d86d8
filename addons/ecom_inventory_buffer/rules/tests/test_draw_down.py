import unittest

from rules.draw_down import drawn_down


class TestDrawDown(unittest.TestCase):
    def test_each_policy(self):
        self.assertEqual([drawn_down(7, policy, 2) for policy in ("keep", "few", "zero")], [7, 2, 0])

    def test_less_than_a_few_stays(self):
        self.assertEqual(drawn_down(1, "few", 2), 1)
        self.assertEqual(drawn_down(1, "few", -5), 0)
