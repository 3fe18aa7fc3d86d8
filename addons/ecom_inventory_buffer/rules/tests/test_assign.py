import datetime
import random
import unittest

from rules.assign import Winners
from rules.precedence import Candidate, Facts, Scope, holding, ranked, winner

TODAY = datetime.date(2026, 3, 2)


def any_scope(chance):
    products = [frozenset(chance.sample(range(20), 3)), None, None]
    return Scope(
        products=chance.choice(products),
        domain=chance.choice(products),
        category=chance.choice((1, 2, None, None)),
        depth=chance.choice((1, 2)),
        locations=chance.choice((frozenset((7,)), None, None)),
        channels=chance.choice((frozenset(("web",)), None)),
        since=chance.choice((datetime.date(2026, 4, 1), None, None)),
    )


class TestWinners(unittest.TestCase):
    def test_the_same_rule_wins_as_when_each_listing_is_asked_by_itself(self):
        chance = random.Random(7)
        for _ in range(50):
            candidates = [Candidate(number, chance.randint(1, 9), any_scope(chance)) for number in range(12)]
            asked, known = Winners(candidates, TODAY), {}
            for _ in range(100):
                product, channel, location = (
                    chance.randrange(20),
                    chance.choice(("web", "market")),
                    chance.choice((7, 8)),
                )
                category, above = chance.choice(((1, frozenset((1,))), (2, frozenset((1, 2))), (3, frozenset((3,)))))
                facts = Facts(product, channel, location, above)
                expected = winner(holding(ranked(candidates), channel, TODAY), facts)
                self.assertEqual(asked.of(product, channel, location, above), expected)
                kind = asked.kind(product, category), channel, location
                self.assertEqual(known.setdefault(kind, expected), expected)
