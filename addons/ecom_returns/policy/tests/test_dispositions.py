from decimal import Decimal
from unittest import TestCase

from ..dispositions import BY_GRADE, DISPOSITIONS, GRADES, Looked, Rule, propose


class TestDispositions(TestCase):
    def test_by_grade_where_no_rule_fits(self):
        found = [propose(Looked(grade=grade)) for grade in GRADES]
        self.assertEqual(found, ["restock", "refurbish", "liquidate", "scrap"])
        self.assertTrue(set(BY_GRADE.values()) <= set(DISPOSITIONS))

    def test_the_first_rule_that_fits(self):
        rules = (
            Rule(disposition="scrap", grades=("b",), below=Decimal(5)),
            Rule(disposition="vendor", reasons=("faulty",), categories=(7,)),
            Rule(disposition="donate", grades=("b",)),
        )
        self.assertEqual(propose(Looked(grade="b", cost=Decimal(4)), rules), "scrap")
        self.assertEqual(propose(Looked(grade="b", cost=Decimal(5)), rules), "donate")
        self.assertEqual(propose(Looked(grade="a", reason="faulty", categories=(1, 7)), rules), "vendor")
        self.assertEqual(propose(Looked(grade="a"), rules), "restock")

    def test_lot_expired_at_return(self):
        self.assertEqual(propose(Looked(grade="a", expired=True), (Rule(disposition="restock"),)), "scrap")

    def test_a_lot_that_expired_is_not_sold_under_another_name(self):
        rules = (Rule(disposition="regrade"), Rule(disposition="liquidate"), Rule(disposition="donate"))
        self.assertEqual(propose(Looked(grade="a", expired=True), rules), "donate")

    def test_rules_of_a_product_and_of_a_channel(self):
        rules = (Rule(disposition="scrap", products=(3,)), Rule(disposition="vendor", channels=("amazon",)))
        self.assertEqual(propose(Looked(grade="a", product=3), rules), "scrap")
        self.assertEqual(propose(Looked(grade="a", product=4, channel="amazon"), rules), "vendor")
        self.assertEqual(propose(Looked(grade="a", product=4, channel="shop"), rules), "restock")

    def test_a_rule_for_what_cannot_be_done_is_passed_over(self):
        rules = (Rule(disposition="regrade"),)
        self.assertEqual(propose(Looked(grade="b", possible=("restock", "refurbish")), rules), "refurbish")

    def test_item_never_sold_by_us(self):
        self.assertEqual(propose(Looked(grade="a", ours=False), (Rule(disposition="restock"),)), "give_back")
