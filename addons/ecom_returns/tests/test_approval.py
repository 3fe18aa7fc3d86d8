from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestApproval(ReturnsCase):
    """The accountant sees what is given back and why; dear credits need another name; a question goes back."""

    def due(self, units=1):
        record = self.received(self.sold((self.shirt, units, 10)), units)
        self.decide(record)
        return record

    def chief(self):
        return new_test_user(
            self.env,
            "returns_chief",
            groups="account.group_account_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def test_what_is_given_back_is_shown_before_it_is(self):
        record = self.due(2).with_user(self.user("accountant"))
        self.assertRegex(str(record.preview), "2 × .*Shirt")
        self.assertRegex(str(record.preview), r"To give back: .*24\.00")
        self.assertFalse(record.with_user(self.user("dock")).preview)

    def test_what_keeps_it_from_being_credited_is_shown(self):
        record = self.received(self.sold(invoice=False), 1)
        self.decide(record)
        self.assertTrue(str(record.with_user(self.user("accountant")).preview))

    def test_dear_credits_are_given_by_a_chief_who_did_not_agree_to_them(self):
        self.policy.credit_limit = 20
        record = self.due(2)
        chief = self.chief()
        with self.assertRaisesRegex(UserError, "accounting manager"):
            record.with_user(self.user("accountant")).action_credit()
        record.sudo().authorised_by = chief
        with self.assertRaisesRegex(UserError, "accounting manager"):
            record.with_user(chief).action_credit()
        record.sudo().authorised_by = self.env.user
        record.with_user(chief).action_credit()
        self.assertEqual(record.credit_ids.state, "posted")
        cheap = self.due(1)
        cheap.with_user(self.user("accountant")).action_credit()
        self.assertEqual(cheap.credit_ids.amount_total, 12)

    def test_a_question_goes_to_who_agreed(self):
        record = self.opened(self.sold(), 1, role="operator")
        record.with_user(self.user("operator")).action_approve()
        self.receive(record)
        self.decide(record)
        asked = self.env["ecom.return.question.wizard"].with_user(self.user("accountant"))
        asked.create({"return_ids": [Command.set(record.ids)], "question": "Why in full?"}).action_ask()
        self.assertEqual((record.question, record.activity_ids.user_id), ("Why in full?", self.user("operator")))
        self.credited(record)
        self.assertFalse(record.question)

    def test_only_accountants_ask_and_credit(self):
        record = self.due()
        for role in ("operator", "dock"):
            with self.assertRaises(AccessError):
                self.env["ecom.return.question.wizard"].with_user(self.user(role)).create(
                    {"return_ids": [Command.set(record.ids)], "question": "?"}
                )
