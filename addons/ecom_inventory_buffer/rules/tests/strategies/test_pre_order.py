import datetime
import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.strategies import PreOrder
from rules.terms import Terms

RELEASED = datetime.date(2026, 6, 1)
INCOMING = ((datetime.date(2026, 5, 30), 40.0), (datetime.date(2026, 6, 2), 60.0))


def shown(today, free=0.0, ahead=0.0, **values):
    terms = Terms(free, incoming=INCOMING)
    strategy = PreOrder(RELEASED, **{"cap": 25, **values})
    return decide(Case(terms, free, today=datetime.date(*today), ahead=ahead), Rule("", strategy)).quantity


class TestPreOrder(unittest.TestCase):
    def test_the_cap_of_the_channel_counts_what_it_sold_ahead(self):
        self.assertEqual(shown((2026, 5, 1)), 25)
        self.assertEqual(shown((2026, 5, 1), ahead=20), 5)
        self.assertEqual(shown((2026, 5, 1), ahead=30), 0)

    def test_only_stock_that_comes_in_before_the_release_covers_it(self):
        self.assertEqual(shown((2026, 5, 1), cap=1000), 40)

    def test_promises_made_already_are_taken_from_what_comes_in(self):
        self.assertEqual(shown((2026, 5, 1), free=-30.0, cap=1000), 10)

    def test_a_part_of_the_incoming_stock_can_be_counted_on(self):
        self.assertEqual(shown((2026, 5, 1), cap=1000, percent=50), 20)

    def test_before_it_opens_and_after_the_release_stock_alone_counts(self):
        opens = datetime.date(2026, 4, 1)
        self.assertEqual(shown((2026, 3, 31), opens=opens), 0)
        self.assertEqual(shown((2026, 4, 1), opens=opens), 25)
        self.assertEqual(shown((2026, 6, 1), free=7.0), 7)

    def test_dates_that_cannot_be_are_refused(self):
        self.assertIn("must open before", PreOrder(RELEASED, 5, opens=RELEASED).problems()[0])
        self.assertEqual(PreOrder(None, 5).problems(), ["Say when the goods are released."])
        self.assertIn("No more than 100 %", PreOrder(RELEASED, 5, percent=120).problems()[0])
