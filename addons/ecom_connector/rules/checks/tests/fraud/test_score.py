import unittest
from decimal import Decimal as D

from channels.records import Buyer
from rules.checks import ask
from rules.checks.facts import Facts, Limits

from ..common import BERLIN, codes, order

THROWN_AWAY = Buyer(email="anna@mailinator.com")


class TestScore(unittest.TestCase):
    def test_an_ordinary_order_has_no_score(self):
        self.assertEqual(codes("fraud", order()), [])

    def test_one_sign_alone_holds_nothing(self):
        self.assertEqual(codes("fraud", order(buyer=THROWN_AWAY)), [])

    def test_the_score_is_the_sum_of_its_signs_and_shows_them(self):
        found = ask("fraud", order(buyer=THROWN_AWAY, ship_to=BERLIN), Facts(value=D(49)), Limits())
        self.assertEqual(
            [(reason.code, reason.points) for reason in found.reasons],
            [("score", 0), ("other_country", 40), ("disposable_mail", 40)],
        )
        self.assertEqual(dict(found.reasons[0].values), {"score": 80, "limit": 60})

    def test_the_merchant_says_from_which_score_on_it_counts(self):
        self.assertEqual(codes("fraud", order(buyer=THROWN_AWAY), Limits(points=40)), ["score", "disposable_mail"])
        self.assertEqual(codes("fraud", order(buyer=THROWN_AWAY, ship_to=BERLIN), Limits(points=81)), [])
