"""Two people: one asks, another one does it."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import new_test_user, tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestApproval(BookCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.person("asking_accountant", "account.group_account_user")
        cls.approver = cls.person("first_approver", "account.group_account_manager")
        cls.other = cls.person("second_approver", "account.group_account_manager")

    @classmethod
    def person(cls, login, group):
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        return new_test_user(cls.env, login, group, **values)

    def ask(self, refused, user):
        """What the dialogue makes of the question that a refusal offers."""
        with self.assertRaises(RedirectWarning) as refusal:
            refused()
        context = refusal.exception.args[3]
        approvals = self.env["ecom.settlement.approval"].with_user(user).with_context(**context)
        return approvals.create({"reason": "It is right"})

    def open_questions(self):
        return self.exceptions().filtered(lambda exception: exception.category == "approval")

    def payout(self):
        self.sell("tx1")
        return self.report(("charge", 24, 0.96, "tx1"), payout=23.04)

    # -------------------------------------------------------------------- post
    def test_an_accountant_asks_and_an_approver_posts(self):
        self.account.payout_post_by = "approver"
        settlement = self.payout()
        approval = self.ask(settlement.with_user(self.accountant).action_post, self.accountant)
        self.assertEqual((approval.kind, approval.state, approval.asked_by), ("post", "asked", self.accountant))
        self.assertEqual((settlement.state, settlement.asked_approval_id), ("new", approval))
        self.assertEqual(self.open_questions().settlement_approval_id, approval)
        with self.assertRaises(AccessError):
            approval.with_user(self.accountant).action_approve()
        approval.with_user(self.approver).action_approve()
        self.assertEqual((settlement.state, approval.decided_by), ("posted", self.approver))
        self.assertFalse(self.open_questions())
        with self.assertRaises(UserError):
            approval.with_user(self.other).action_approve()

    def test_an_approver_does_it_alone_unless_the_account_wants_two_people(self):
        self.account.write({"payout_post_by": "approver", "payout_two_people": True})
        settlement = self.payout()
        approval = self.ask(settlement.with_user(self.approver).action_post, self.approver)
        self.assertFalse(approval.with_user(self.approver).may_decide)
        with self.assertRaisesRegex(UserError, "yourself"):
            approval.with_user(self.approver).action_approve()
        self.assertEqual(settlement.state, "new")
        approval.with_user(self.other).action_approve()
        self.assertEqual(settlement.state, "posted")
        settlement.action_undo()
        self.account.payout_two_people = False
        settlement.with_user(self.approver).action_post()
        self.assertEqual(settlement.state, "posted")

    def test_what_is_refused_is_not_done(self):
        self.account.payout_post_by = "approver"
        settlement = self.payout()
        approval = self.ask(settlement.with_user(self.accountant).action_post, self.accountant)
        approval.with_user(self.approver).action_refuse()
        self.assertEqual((settlement.state, approval.state), ("new", "refused"))
        again = self.ask(settlement.with_user(self.accountant).action_post, self.accountant)
        self.assertNotEqual(again, approval)

    def test_nobody_writes_a_decision_or_asks_in_the_name_of_another(self):
        settlement = self.payout()
        approvals = self.env["ecom.settlement.approval"].with_user(self.accountant)
        values = {"settlement_id": settlement.id, "kind": "post", "reason": "x"}
        for forged in ({"state": "approved"}, {"asked_by": self.other.id}, {"decided_by": self.other.id}):
            with self.assertRaises(AccessError):
                approvals.create({**values, **forged})
            with self.assertRaises(AccessError):
                approvals.with_context(**{f"default_{name}": it for name, it in forged.items()}).create(values)
        approval = approvals.create(values)
        with self.assertRaises(AccessError):
            approval.state = "approved"
        operator = self.person("asking_operator", "ecom_connector.ecom_connector_group_operator")
        with self.assertRaises(AccessError):
            self.env["ecom.settlement.approval"].with_user(operator).create(values)

    # -------------------------------------------------------- contradict, force
    def test_a_report_that_contradicts_itself_is_accepted_by_two(self):
        self.account.payout_force_by = "approver"
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=20)
        self.assertTrue(settlement.flaws)
        approval = self.ask(settlement.with_user(self.accountant).action_accept, self.accountant)
        approval.with_user(self.approver).action_approve()
        self.assertEqual(settlement.accepted_by, self.approver)

    def test_a_forced_order_and_forced_shares_are_taken_once_they_are_approved(self):
        self.account.payout_force_by = "approver"
        first, second = self.sell("tx1"), self.sell("tx2")
        settlement = self.report(("charge", 24, 0, "a"), ("charge", 48, 0, "b"), payout=72)
        settlement.action_match()
        one, other = settlement.line_ids.filtered(lambda line: line.kind == "charge").with_user(self.accountant)
        approval = self.ask(lambda: one._take(first.with_user(self.accountant)), self.accountant)
        self.assertFalse(one.order_id)
        approval.with_user(self.approver).action_approve()
        self.assertEqual(one.order_id, first)
        wizard = self.env["ecom.settlement.choose.wizard"].with_user(self.accountant)
        shares = [Command.create({"order_id": order.id, "amount": 24}) for order in (first, second)]
        wizard = wizard.create({"line_id": other.id, "is_shared": True, "share_ids": shares})
        approval = self.ask(wizard.action_choose, self.accountant)
        approval.with_user(self.approver).action_approve()
        self.assertEqual(other.share_ids.order_id, first | second)

    # --------------------------------------------------------------- write off
    def test_more_than_the_limit_is_written_off_by_two(self):
        self.account.write_off_limit = 5
        settlement = self.report(("boost_billing", -7, 0, ""), ("boost_billing", -5, 0, ""), payout=-12)
        settlement.action_post()
        large, small = settlement.line_ids.filtered("is_unclear").with_user(self.accountant)
        small.action_write_off()
        self.assertTrue(small.write_off_id)
        approval = self.ask(large.action_write_off, self.accountant)
        self.assertEqual((approval.amount, approval.line_id), (-7, large))
        self.assertFalse(large.write_off_id)
        approval.with_user(self.approver).action_approve()
        self.assertEqual(large.write_off_by, self.approver)
        self.assertMoney(self.balance(self.account_of("write_off")), 12)
