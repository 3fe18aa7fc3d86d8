from datetime import date, datetime, timezone
from decimal import Decimal
from unittest import TestCase

from ..eligibility import Article, Asked, Terms, judge
from ..window import Window

START = date(2026, 3, 2)
IN_TIME = datetime(2026, 3, 10, tzinfo=timezone.utc)
LATE = datetime(2026, 4, 10, tzinfo=timezone.utc)
LAW = Terms(withdrawal=True)


def article(**values):
    return Article(**{"key": 1, "value": Decimal(20), "returnable": Decimal(2), "quantity": Decimal(1), **values})


class TestEligibility(TestCase):
    def judge(self, *articles, terms=None, at=IN_TIME, **values):
        answer = judge(Asked(articles=articles or (article(),), at=at, start=START, **values), terms or Terms())
        return answer.outcome, [finding.code for finding in answer.findings]

    def test_all_rules_pass(self):
        self.assertEqual(self.judge(), ("approve", []))

    def test_more_than_can_come_back(self):
        self.assertEqual(self.judge(article(quantity=Decimal(3))), ("refuse", ["too_many"]))

    def test_after_the_window(self):
        self.assertEqual(self.judge(at=LATE), ("refuse", ["too_late"]))

    def test_warranty_claim_after_window(self):
        self.assertEqual(self.judge(article(claim=True), at=LATE), ("approve", []))
        terms = Terms(claim_window=Window(days=20))
        self.assertEqual(self.judge(article(claim=True), at=LATE, terms=terms), ("person", ["too_late"]))

    def test_final_sale_item_in_a_mixed_order(self):
        self.assertEqual(self.judge(article(final_sale=True)), ("refuse", ["final_sale"]))
        outcome = self.judge(article(final_sale=True), article(key=2))
        self.assertEqual(outcome, ("person", ["final_sale"]), "the rest can come back: a person splits it")

    def test_a_sellers_final_sale_does_not_end_the_right_to_withdraw(self):
        self.assertEqual(self.judge(article(final_sale=True), terms=LAW), ("approve", []))

    def test_the_laws_own_exceptions_do(self):
        found = self.judge(article(ground="unsealed_hygiene"), terms=LAW)
        self.assertEqual(found, ("refuse", ["excepted"]))

    def test_no_exception_ends_a_claim(self):
        self.assertEqual(self.judge(article(ground="made_to_order", claim=True), terms=LAW), ("approve", []))

    def test_nobody_approves_a_withdrawal(self):
        terms = Terms(withdrawal=True, auto=False, auto_limit=Decimal(1))
        self.assertEqual(self.judge(article(photo_missing=True), terms=terms), ("approve", []))

    def test_dear_goods_go_to_a_person(self):
        self.assertEqual(self.judge(terms=Terms(auto_limit=Decimal(19))), ("person", ["worth_much"]))
        self.assertEqual(self.judge(terms=Terms(auto_limit=Decimal(20))), ("approve", []))

    def test_a_photo_that_the_reason_asks_for(self):
        self.assertEqual(self.judge(article(photo_missing=True)), ("person", ["photo_missing"]))

    def test_repeat_returner(self):
        found = self.judge(terms=Terms(returner_limit=5), returns_of_year=5, orders_of_year=6)
        self.assertEqual(found, ("person", ["returns_often"]), "a flag for a person, never a refusal")

    def test_worn_and_missing_goods_of_before_are_flags(self):
        terms = Terms(pattern_limit=2)
        self.assertEqual(self.judge(terms=terms, worn_before=1, missing_before=1), ("approve", []))
        found = self.judge(terms=terms, worn_before=2, missing_before=3)
        self.assertEqual(found, ("person", ["came_worn", "came_short"]))

    def test_no_pattern_stops_a_withdrawal(self):
        terms = Terms(withdrawal=True, pattern_limit=1, returner_limit=1)
        found = self.judge(terms=terms, worn_before=9, returns_of_year=9)
        self.assertEqual(found, ("approve", ["returns_often", "came_worn"]), "it is told all the same")
