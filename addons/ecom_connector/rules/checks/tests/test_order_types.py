import unittest

from channels.records import Buyer
from rules.checks.order_types import applies, order_types

from .common import order


class TestOrderTypes(unittest.TestCase):
    def test_an_order_that_is_nothing_else_is_ordinary(self):
        self.assertEqual(order_types(order()), {"ordinary"})

    def test_an_order_can_be_of_several_types_said_by_it_or_by_its_channel(self):
        self.assertEqual(order_types(order(kinds=("gift",)), ("marketplace",)), {"gift", "marketplace"})
        self.assertEqual(order_types(order(kinds=("gift", "ordinary"))), {"gift"})

    def test_a_word_that_is_no_type_is_left_out(self):
        self.assertEqual(order_types(order(kinds=("telephone",))), {"ordinary"})

    def test_a_company_with_its_vat_number_buys_wholesale(self):
        self.assertEqual(order_types(order(buyer=Buyer(company="Hut", vat="ATU12345675"))), {"wholesale"})
        self.assertEqual(order_types(order(buyer=Buyer(company="Hut"))), {"ordinary"})

    def test_a_message_for_somebody_else_makes_a_gift(self):
        self.assertEqual(order_types(order(gift_message="Happy birthday")), {"gift"})

    def test_a_rule_without_limits_looks_at_all(self):
        self.assertTrue(applies(frozenset({"gift"}), (), ()))

    def test_a_rule_looks_only_at_the_types_it_names_and_never_at_those_it_excludes(self):
        gift = frozenset({"gift", "marketplace"})
        self.assertTrue(applies(gift, ("gift",), ()))
        self.assertFalse(applies(gift, ("wholesale",), ()))
        self.assertFalse(applies(gift, ("gift",), ("marketplace",)))
