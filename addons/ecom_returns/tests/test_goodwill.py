from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestGoodwill(ReturnsCase):
    """Money for who sends nothing back, by a button of the order."""

    def dialog(self, order, amount, role="accountant"):
        wizard = self.env["ecom.return.goodwill.wizard"].with_user(self.user(role) if isinstance(role, str) else role)
        return wizard.with_context(default_order_id=order.id).create({"amount": amount, "reason": "A scratch"})

    def test_an_accountant_credits_a_part_of_the_price(self):
        order = self.sold((self.shirt, 2, 10))
        action = self.dialog(order, 6).action_give()
        note = self.env["account.move"].browse(action["res_id"])
        self.assertTotals(note, 5, 1)
        self.assertEqual((note.state, note.reversed_entry_id), ("posted", order.invoice_ids[0]))
        self.assertFalse(note.invoice_line_ids.product_id, "nothing comes back, so no stock value moves")
        self.assertIn("A scratch", order.message_ids[0].body)

    def test_never_more_than_is_left_of_the_article(self):
        order = self.sold((self.shirt, 1, 10))
        self.dialog(order, 10).action_give()
        with self.assertRaisesRegex(UserError, "Less than that is left"):
            self.dialog(order, 3).action_give()
        for nothing in (0, -5):
            with self.assertRaisesRegex(UserError, "how much"):
                self.dialog(order, nothing).action_give()

    def test_not_for_an_article_of_another_order(self):
        wizard = self.dialog(self.sold((self.shirt, 1, 10)), 3)
        wizard.order_line_id = self.sold((self.cup, 1, 10)).order_line
        with self.assertRaisesRegex(UserError, "another order"):
            wizard.action_give()

    def test_above_the_limit_only_a_chief_accountant(self):
        self.policy.credit_limit = 5
        order = self.sold((self.shirt, 1, 10))
        with self.assertRaisesRegex(UserError, "accounting manager"):
            self.dialog(order, 6).action_give()
        chief = new_test_user(
            self.env,
            "goodwill_chief",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.assertTrue(self.dialog(order, 6, chief).action_give()["res_id"])

    def test_operators_and_the_warehouse_give_nothing(self):
        order = self.sold((self.shirt, 1, 10))
        for role in ("operator", "dock"):
            with self.assertRaises(AccessError):
                self.dialog(order, 3, role)
