import unittest

from .. import version


class ComparingVersions(unittest.TestCase):
    def test_versions_without_a_mark_sort_as_text(self):
        self.assertTrue(version.is_older("2026-01-01T00:00:00Z", than="2026-01-01T00:00:01Z"))
        self.assertFalse(version.is_older("2", than="1"))
        self.assertFalse(version.is_older("1", than="1"))
        self.assertFalse(version.is_in_doubt("1", "2"))

    def test_two_states_of_one_moment_are_in_doubt_and_neither_is_surely_older(self):
        for one, other in (("1~a", "1~b"), ("1~b", "1~a"), ("1", "1~a")):
            self.assertTrue(version.is_in_doubt(one, other))
            self.assertFalse(version.is_older(one, than=other))

    def test_the_same_state_is_never_in_doubt(self):
        self.assertFalse(version.is_in_doubt("1~a", "1~a"))

    def test_another_moment_decides_whatever_follows(self):
        self.assertTrue(version.is_older("1~z", than="2~a"))
        self.assertFalse(version.is_in_doubt("1~z", "2~a"))

    def test_nothing_applied_yet_is_older_than_anything(self):
        self.assertTrue(version.is_older("", than="0"))


if __name__ == "__main__":
    unittest.main()
