from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
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

    def _refused(self, message, **values):
        with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
            self.Rule.create({"name": "Wrong", **values})

    def test_rules_stand_in_the_order_the_manager_gave_them(self):
        last = self.Rule.create({"name": "Everything", "sequence": 20})
        first = self.Rule.create({"name": "Marketplaces", "sequence": 5})
        self.assertEqual(self.Rule.search([]), first | last)

    def test_an_operator_reads_rules_and_changes_none(self):
        rule = self.Rule.create({"name": "Everything", "use_keep_back": True, "keep_back": 1})
        rule = rule.with_user(self.operator)
        self.assertEqual(rule.summary, "1 kept back")
        with self.assertRaises(AccessError):
            rule.keep_back = 0
        with self.assertRaises(AccessError):
            rule.unlink()

    def test_rules_of_another_company_are_out_of_sight(self):
        other = self.env["res.company"].create({"name": "Another shop"})
        self.env["ecom.buffer.rule"].create({"name": "Theirs", "company_id": other.id})
        self.assertFalse(self.Rule.search([("name", "=", "Theirs")]))

    @mute_logger("odoo.sql_db")
    def test_a_rule_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.Rule.create({"name": "Wrong", "date_from": "2026-02-02", "date_to": "2026-02-01"})
        self.assertTrue(self.Rule.create({"name": "One day", "date_from": "2026-02-02", "date_to": "2026-02-02"}))

    # --------------------------------------------------------------- bad input
    def test_nothing_negative_is_kept_back(self):
        self._refused("Wrong: The buffer cannot be negative", use_keep_back=True, keep_back=-1)

    def test_no_negative_cap(self):
        self._refused("The most to list cannot be negative", use_cap=True, cap=-3)

    def test_no_more_than_all_of_the_stock_is_shown(self):
        self._refused("cannot be more than 100", use_percent=True, percent=120)

    def test_no_chance_is_no_chance_to_accept(self):
        self._refused("between 0 and 100", use_risk=True, risk_percent=0)
        self._refused("Say what a cancelled sale costs", use_risk=True, risk_basis="cost")

    def test_contradictory_rules_are_refused_in_words(self):
        self._refused(
            "A constant quantity does not look at the stock", use_constant=True, use_keep_back=True, keep_back=1
        )
        self._refused("Say when the goods are released", use_pre_order=True, use_back_order=True)

    def test_a_condition_that_cannot_be_read_is_refused(self):
        self._refused("The condition on products of Wrong cannot be read", domain="[('no_such_field', '=', 1)]")
        self._refused("The condition on products of Wrong cannot be read", domain="[('name', '=',")

    def test_low_stock_needs_another_rule_that_has_no_low_stock_itself(self):
        self._refused("Say which rule counts", use_low=True, low_at=2)
        normal = self.Rule.create({"name": "Last", "use_constant": True})
        low = self.Rule.create({"name": "Low", "use_low": True, "low_at": 2, "low_rule_id": normal.id})
        self._refused("cannot name another one", use_low=True, low_at=1, low_rule_id=low.id)

    def test_numbers_of_what_is_switched_off_do_not_matter(self):
        self.assertTrue(self.Rule.create({"name": "Fine", "percent": 120, "keep_back": -1}))

    # --------------------------------------------------------------- templates
    def test_a_template_fills_the_form_and_nothing_stays_of_the_one_before(self):
        form = Form(self.Rule)
        form.template = "throttle"
        form.template = "two_back"
        rule = form.save()
        self.assertEqual((rule.name, rule.summary), ("Two units kept back", "2 kept back"))
        self.assertFalse(rule.use_cap)

    # ------------------------------------------------------------------- lists
    def test_the_list_says_where_a_rule_holds(self):
        everywhere = self.Rule.create({"name": "Everywhere", "use_keep_back": True, "keep_back": 1})
        self.assertEqual(everywhere.scope, "Everything, on every channel")
        sofas = self.env["product.category"].create({"name": "Sofas"})
        some = self.Rule.create({"name": "Some", "categ_id": sofas.id, "domain": "[('list_price', '>', 5)]"})
        self.assertEqual(some.scope, "Sofas; products of a condition")

    def test_a_rule_may_ask_for_a_smallest_order(self):
        rule = self.Rule.create({"name": "By the dozen", "use_smallest": True, "smallest": 12})
        self.assertEqual(rule.summary, "nothing below an order of 12")
        self._refused("The smallest order cannot be negative", use_smallest=True, smallest=-1)
