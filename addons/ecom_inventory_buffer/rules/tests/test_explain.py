import unittest

from rules.decide import Case, decide
from rules.explain import figure, sentence, waterfall
from rules.rule import Rule
from rules.strategies import Cap, Fixed, LowStock, Percent, SmallestOrder
from rules.terms import Terms

TERMS = Terms(on_hand=12.0, reserved=2.0, waiting=1.0, quarantined=3.0)
FOUND = decide(Case(TERMS, TERMS.available, units=2.0), Rule("Amazon in summer", Fixed(2), Cap(6)))


class TestExplain(unittest.TestCase):
    def test_the_sentence_says_each_step(self):
        self.assertEqual(
            sentence(FOUND),
            "12 on hand, less 2 reserved, less 1 ordered and not reserved yet: 9 free; less a buffer of 2 = 7; "
            "never more than 6 = 6; 2 units make one. Shown: 3 (Amazon in summer). Not counted: 3 in quarantine.",
        )

    def test_a_listing_that_shows_all_needs_few_words(self):
        found = decide(Case(Terms(4.0), 4.0), Rule("everything"))
        self.assertEqual(sentence(found), "4 on hand. Shown: 4 (everything).")

    def test_the_waterfall_adds_up_to_what_is_shown(self):
        rows = waterfall(FOUND)
        self.assertEqual([change for _words, change in rows], [12.0, -2.0, -1.0, -2.0, -1.0, -3.0])
        self.assertEqual(sum(change for _words, change in rows), FOUND.quantity)

    def test_it_can_be_said_in_another_language(self):
        def french(template, values):
            return {"%(units)s on hand": "%(units)s en stock"}.get(template, template) % {
                name: figure(value) for name, value in values.items()
            }

        self.assertTrue(sentence(FOUND, french).startswith("12 en stock, less 2 reserved"))

    def test_every_strategy_that_changes_something_finds_words(self):
        found = decide(Case(Terms(4.0), 4.0), Rule("low", LowStock(5, (Percent(50), SmallestOrder(3)))))
        self.assertEqual(
            sentence(found), "4 on hand; 50 % of that = 2; nothing, for the smallest order is 3 = 0. Shown: 0 (low)."
        )
