from itertools import product
from unittest import TestCase

from ..states import AUTHORISATION, DISAGREEMENTS, ENDED, GOODS, MONEY, disagreement, may, overall


class TestStates(TestCase):
    def test_every_step_leads_to_a_state_that_exists(self):
        for axis in (AUTHORISATION, GOODS, MONEY):
            for old, steps in axis.items():
                self.assertTrue(set(steps) <= set(axis))
                self.assertTrue(may(axis, old, old))

    def test_decline_then_appeal(self):
        self.assertTrue(may(AUTHORISATION, "rejected", "requested"))
        self.assertFalse(may(AUTHORISATION, "rejected", "approved"), "an appeal is looked at like any other")

    def test_money_that_was_paid_back_stays_paid_back(self):
        self.assertEqual(MONEY["executed"], ())

    def test_the_four_disagreements(self):
        self.assertEqual(disagreement("approved", "awaiting", "executed", ""), "money_without_goods")
        self.assertEqual(disagreement("approved", "received", "none", "restock"), "goods_without_money")
        self.assertEqual(disagreement("approved", "received", "executed", ""), "undecided_goods")
        self.assertEqual(disagreement("approved", "awaiting", "none", ""), "awaited_goods")

    def test_goods_and_money_agree(self):
        self.assertEqual(disagreement("approved", "received", "executed", "restock"), "")
        self.assertEqual(disagreement("approved", "keep", "executed", ""), "")
        self.assertEqual(disagreement("approved", "given_back", "none", "give_back"), "")
        self.assertEqual(disagreement("approved", "received", "none", "refurbish", "none"), "", "a repair")

    def test_refund_at_first_scan_then_parcel_lost(self):
        self.assertEqual(disagreement("approved", "lost", "executed", ""), "money_without_goods")
        self.assertEqual(disagreement("approved", "lost", "executed", "missing"), "", "written off with a name on it")

    def test_money_that_moved_without_goods_is_never_silent(self):
        """Whatever was agreed, cancelled or expired."""
        for authorisation, goods in product(AUTHORISATION, ("awaiting", "in_transit", "short", "expired")):
            self.assertIn(disagreement(authorisation, goods, "executed", ""), DISAGREEMENTS)

    def test_goods_that_came_although_nobody_agreed_wait_for_a_decision(self):
        for authorisation in ENDED:
            self.assertEqual(disagreement(authorisation, "received", "none", ""), "undecided_goods")

    def test_where_a_return_is_in_all(self):
        self.assertEqual(overall("requested", ["awaited_goods"]), "requested")
        self.assertEqual(overall("approved", ["awaited_goods"]), "approved")
        self.assertEqual(overall("approved", ["awaited_goods", "goods_without_money"]), "working")
        self.assertEqual(overall("approved", ["", ""]), "closed")
        self.assertEqual(overall("expired", ["money_without_goods"]), "working", "somebody owes us")
        self.assertEqual(overall("rejected", [""]), "rejected")
