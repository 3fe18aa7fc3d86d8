from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestEcomBufferRule(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "ecom_connector.ecom_connector_group_"
        cls.operator = new_test_user(cls.env, "buffer_operator", f"{group}operator")
        cls.manager = new_test_user(cls.env, "buffer_manager", f"{group}channel_manager")
        cls.Rule = cls.env["ecom.buffer.rule"].with_user(cls.manager)

    def test_rules_stand_in_the_order_the_manager_gave_them(self):
        last = self.Rule.create({"name": "Everything", "keep_back": 1, "sequence": 20})
        first = self.Rule.create({"name": "Marketplaces", "keep_back": 3, "sequence": 5})
        self.assertEqual(self.Rule.search([]), first | last)

    def test_an_operator_reads_rules_and_changes_none(self):
        rule = self.Rule.create({"name": "Everything", "keep_back": 1}).with_user(self.operator)
        self.assertEqual(rule.keep_back, 1)
        with self.assertRaises(AccessError):
            rule.keep_back = 0
        with self.assertRaises(AccessError):
            rule.unlink()

    def test_rules_of_another_company_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        self.env["ecom.buffer.rule"].create({"name": "Theirs", "company_id": other.id})
        self.assertFalse(self.Rule.search([("name", "=", "Theirs")]))

    @mute_logger("odoo.sql_db")
    def test_nothing_negative_is_kept_back(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.Rule.create({"name": "Wrong", "keep_back": -1})

    @mute_logger("odoo.sql_db")
    def test_a_rule_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.Rule.create({"name": "Wrong", "date_from": "2026-02-02", "date_to": "2026-02-01"})
        self.assertTrue(self.Rule.create({"name": "One day", "date_from": "2026-02-02", "date_to": "2026-02-02"}))
