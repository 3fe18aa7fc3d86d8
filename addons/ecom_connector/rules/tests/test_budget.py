import unittest

from rules.budget import affordable, kept


class TestBudget(unittest.TestCase):
    def test_a_fifth_of_the_day_is_kept_for_decreases(self):
        self.assertEqual((kept(250), kept(3)), (50, 1))
        self.assertEqual(affordable(9, 5, 51, 250), 9)
        self.assertIsNone(affordable(9, 5, 50, 250))
        self.assertEqual(affordable(4, 5, 50, 250), 4)

    def test_the_last_change_takes_the_listing_to_zero(self):
        self.assertEqual(affordable(4, 5, 2, 250), 4)
        self.assertEqual(affordable(4, 5, 1, 250), 0)

    def test_a_decrease_is_never_held(self):
        self.assertEqual(affordable(0, 5, 0, 250), 0)
        self.assertEqual(affordable(4, 5, -3, 250), 0)

    def test_the_first_word_on_a_listing_is_an_increase_unless_it_is_zero(self):
        self.assertIsNone(affordable(4, None, 10, 250))
        self.assertEqual(affordable(0, None, 10, 250), 0)
