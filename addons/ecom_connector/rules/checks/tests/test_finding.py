import unittest

from rules.checks.finding import Finding, Reason


def finding(*reasons):
    return Finding(rule="payment", reasons=reasons)


UNPAID = Reason(code="payment_unpaid", about=("unpaid",))
NO_STREET = Reason(code="no_street", about=("1010",))


class TestFinding(unittest.TestCase):
    def test_a_release_covers_the_same_reasons_about_the_same_thing(self):
        marks = finding(UNPAID, NO_STREET).marks
        self.assertTrue(finding(UNPAID, NO_STREET).is_released(marks))
        self.assertTrue(finding(NO_STREET).is_released(marks), "what is gone need not be released")

    def test_a_release_does_not_cover_what_changed_since(self):
        marks = finding(UNPAID).marks
        self.assertFalse(finding(UNPAID, NO_STREET).is_released(marks), "a new reason")
        moved = Reason(code="no_street", about=("8010",))
        self.assertFalse(finding(moved).is_released(finding(NO_STREET).marks), "the same reason about another address")

    def test_what_only_words_tell_apart_is_the_same(self):
        told = Reason(code="stock_short", about=("Shirt", "2"), values={"free": "1"})
        later = Reason(code="stock_short", about=("Shirt", "2"), values={"free": "0"})
        self.assertEqual(told.mark, later.mark)

    def test_a_mark_tells_nothing_of_the_buyer(self):
        mark = Reason(code="other_person", about=("Ring 1", "Anna Huber")).mark
        self.assertRegex(mark, r"^other_person:[0-9a-f]{12}$")

    def test_the_points_of_a_finding_are_those_of_its_reasons(self):
        self.assertEqual(finding(Reason(code="a", points=30), Reason(code="b", points=15)).points, 45)
