from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestEcomSettlement(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = new_test_user(cls.env, "settlement_operator", "ecom_connector.ecom_connector_group_operator")
        cls.channel = cls.env["ecom.channel"].create({"name": "Shop", "code": "demo"})

    def settlement(self, amounts, payout, **values):
        lines = [
            Command.create({"number": number, "kind": "Order", "amount": amount})
            for number, amount in enumerate(amounts, 1)
        ]
        values = {"channel_id": self.channel.id, "external_id": "P-1", "amount": payout, "line_ids": lines, **values}
        return self.env["ecom.settlement"].create(values)

    def test_lines_that_add_up_leave_no_difference(self):
        settlement = self.settlement([0.1, 0.2, -0.05], 0.25)
        self.assertEqual(settlement.lines_amount, 0.25)
        self.assertEqual(settlement.difference, 0)

    def test_what_is_not_explained_is_shown(self):
        settlement = self.settlement([100.0, -15.0], 84.0)
        self.assertEqual(settlement.difference, -1.0)

    def test_four_digits_are_kept_and_only_the_sum_is_rounded(self):
        settlement = self.settlement([86.1, -43.2, -2.541, -0.605], 39.75)
        self.assertEqual(settlement.line_ids.mapped("net"), [86.1, -43.2, -2.541, -0.605])
        self.assertEqual(settlement.difference, 0)

    def test_lines_that_look_alike_are_all_kept(self):
        self.assertEqual(self.settlement([5.0, 5.0, 5.0], 15.0).lines_amount, 15.0)

    def test_a_revision_stands_beside_the_first_report_and_the_same_report_only_once(self):
        self.settlement([1.0], 1.0)
        self.settlement([2.0], 2.0, revision=2)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.settlement([1.0], 1.0)

    def test_an_operator_reads_and_changes_nothing(self):
        settlement = self.settlement([1.0], 1.0).with_user(self.operator)
        self.assertEqual(settlement.line_ids.amount, 1.0)
        with self.assertRaises(AccessError):
            settlement.amount = 2.0
        with self.assertRaises(AccessError):
            settlement.line_ids.unlink()

    def test_payouts_of_another_company_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        theirs = self.env["ecom.channel"].create({"name": "Theirs", "code": "demo", "company_id": other.id})
        settlement = self.settlement([1.0], 1.0, channel_id=theirs.id)
        Settlement = self.env["ecom.settlement"].with_user(self.operator)
        self.assertNotIn(settlement.id, Settlement.search([]).ids)
        self.assertFalse(
            self.env["ecom.settlement.line"].with_user(self.operator).search([("company_id", "=", other.id)])
        )
