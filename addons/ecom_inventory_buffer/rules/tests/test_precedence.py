import datetime
import unittest

from rules.precedence import Candidate, Facts, Scope, holding, ranked, reasons, winner

TODAY = datetime.date(2026, 3, 1)
SOFA = Facts(product=7, channel="web", location=1, categories=frozenset({30, 20, 10}))


def won(*candidates, facts=SOFA, today=TODAY):
    found = winner(holding(ranked(candidates), facts.channel, today), facts)
    return found and found.key


class TestPrecedence(unittest.TestCase):
    def test_the_most_specific_rule_wins(self):
        product = Candidate("product", 99, Scope(products=frozenset({7})))
        domain = Candidate("domain", 50, Scope(domain=frozenset({7, 8})))
        deep = Candidate("deep", 40, Scope(category=30, depth=2))
        category = Candidate("category", 30, Scope(category=10))
        location = Candidate("location", 20, Scope(locations=frozenset({1})))
        channel = Candidate("channel", 10, Scope(channels=frozenset({"web"})))
        everything = Candidate("everything", 0, Scope())
        rules = [everything, channel, location, category, deep, domain, product]
        for expected in reversed(rules):
            self.assertEqual(won(*rules), expected.key)
            rules.remove(expected)

    def test_where_two_overlap_the_merchants_order_decides(self):
        one = Candidate("one", 5, Scope(channels=frozenset({"web"})))
        other = Candidate("other", 4, Scope(channels=frozenset({"web", "market"})))
        self.assertEqual(won(one, other), "other")

    def test_a_rule_for_the_product_on_another_channel_does_not_win(self):
        elsewhere = Candidate("elsewhere", 0, Scope(products=frozenset({7}), channels=frozenset({"market"})))
        self.assertEqual(won(elsewhere, Candidate("everything", 9, Scope())), "everything")

    def test_a_rule_holds_on_its_first_and_on_its_last_day(self):
        day = datetime.timedelta(days=1)
        sale = Candidate("sale", 0, Scope(since=TODAY, until=TODAY))
        self.assertEqual([won(sale, today=TODAY + n * day) for n in (-1, 0, 1)], [None, "sale", None])

    def test_when_the_winner_is_deleted_the_next_one_wins(self):
        rules = [Candidate("product", 0, Scope(products=frozenset({7}))), Candidate("everything", 0, Scope())]
        self.assertEqual((won(*rules), won(*rules[1:]), won()), ("product", "everything", None))

    def test_it_is_said_why_the_others_did_not_win(self):
        candidates = [
            Candidate("everything", 0, Scope()),
            Candidate("other", 0, Scope(products=frozenset({8}))),
            Candidate("domain", 0, Scope(domain=frozenset({8}))),
            Candidate("category", 0, Scope(category=99)),
            Candidate("place", 0, Scope(locations=frozenset({2}))),
            Candidate("market", 0, Scope(channels=frozenset({"market"}))),
            Candidate("later", 0, Scope(channels=frozenset({"web"}), since=datetime.date(2026, 4, 1))),
            Candidate("web", 1, Scope(channels=frozenset({"web"}))),
        ]
        self.assertEqual(
            {candidate.key: why for candidate, why in reasons(candidates, SOFA, TODAY)},
            {
                "other": "another product",
                "domain": "its domain does not select the product",
                "category": "another category",
                "place": "another location",
                "market": "another channel",
                "later": "not valid yet",
                "web": None,
                "everything": "a rule that is more specific, or comes first, won",
            },
        )
