import datetime
import unittest

from rules.decide import Case, decide
from rules.rule import Rule
from rules.steps import read, written
from rules.strategies import Fixed, PreOrder, SmallestOrder
from rules.terms import Terms


class TestSteps(unittest.TestCase):
    def test_the_steps_of_a_decision_come_back_as_they_were(self):
        found = decide(Case(Terms(9.0), 9.0), Rule("", Fixed(2), SmallestOrder(9)))
        self.assertEqual(read(written(found.steps)), found.steps)

    def test_dates_come_back_as_dates(self):
        released = datetime.date(2026, 5, 1)
        case = Case(Terms(1.0, incoming=((released, 8.0),)), 1.0, today=datetime.date(2026, 4, 1))
        found = decide(case, Rule("", PreOrder(released, 5)))
        self.assertEqual(found.quantity, 5)
        self.assertEqual(read(written(found.steps)), found.steps)

    def test_nothing_happened_is_nothing_to_write(self):
        self.assertEqual(written(()), "")
        self.assertEqual(read(""), ())

    def test_what_is_no_decision_is_said_so(self):
        with self.assertRaises(ValueError):
            read("nonsense")
