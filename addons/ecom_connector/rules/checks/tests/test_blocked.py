import unittest

from rules.checks import ask
from rules.checks.facts import Facts, Limits

from .common import codes, order


class TestBlocked(unittest.TestCase):
    def test_every_entry_that_the_buyer_meets_is_shown_with_its_reason(self):
        entries = (("email", "anna@example.com", "Never paid"), ("phone", "641234567", ""))
        self.assertEqual(codes("blocked", order(), blocked=entries), ["blocked_email", "blocked_phone"])
        found = ask("blocked", order(), Facts(blocked=entries), Limits())
        self.assertEqual(found.reasons[0].values["why"], "Never paid")

    def test_who_is_not_on_the_list_passes(self):
        self.assertEqual(codes("blocked", order()), [])
