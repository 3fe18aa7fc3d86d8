"""What is not plain: disputes, money of orders that are not here, write-offs, and who may."""

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import new_test_user, tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestDispute(BookCase):
    def take(self, *rows, number="po_1", payout):
        keep = self.env["ecom.flow.keep"]
        return keep._understand(
            keep._keep(self.account, number, self.body(*rows, payout=payout, number=number), "upload")
        )

    def test_a_chargeback_opens_a_dispute_with_a_deadline_and_is_won_when_the_money_comes_back(self):
        order = self.sell("tx1")
        self.take(("dispute", -24, 15, "tx1"), payout=-39).action_post()
        dispute = self.env["ecom.dispute"].search([("channel_id", "=", self.account.id)])
        self.assertEqual((dispute.name, dispute.order_id, dispute.state), ("tx1", order, "open"))
        self.assertMoney(dispute.amount, 24)
        self.assertMoney(dispute.fee, 15)
        self.assertEqual(str(dispute.deadline), "2026-03-09")
        self.assertEqual(self.exceptions().dispute_id, dispute)
        self.assertMoney(self.balance(self.account_of("dispute")), 24)
        self.take(("dispute_reversal", 24, 0, "tx1"), payout=24, number="po_2").action_post()
        self.assertEqual((dispute.state, len(dispute.line_ids)), ("won", 2))
        self.assertMoney(self.balance(self.account_of("dispute")), 0)
        self.assertFalse(self.exceptions().filtered("dispute_id"))

    def test_a_lost_dispute_is_a_loss_and_can_be_taken_up_again(self):
        self.take(("dispute", -24, 0, "tx1"), payout=-24).action_post()
        dispute = self.env["ecom.dispute"].search([("channel_id", "=", self.account.id)])
        dispute.action_lost()
        self.assertMoney(self.balance(self.account_of("dispute")), 0)
        self.assertMoney(self.balance(self.account_of("dispute_lost")), 24)
        with self.assertRaises(UserError):
            dispute.action_won()
        dispute.action_reopen()
        self.assertMoney(self.balance(self.account_of("dispute")), 24)
        self.assertMoney(self.balance(self.account_of("dispute_lost")), 0)

    def test_an_operator_decides_no_dispute(self):
        self.take(("dispute", -24, 0, "tx1"), payout=-24)
        operator = new_test_user(
            self.env,
            "disputing_operator",
            "ecom_connector.ecom_connector_group_operator",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        dispute = self.env["ecom.dispute"].search([("channel_id", "=", self.account.id)]).with_user(operator)
        for button in ("action_won", "action_lost", "action_reopen"):
            with self.assertRaises(AccessError):
                getattr(dispute, button)()

    def test_money_of_orders_kept_elsewhere_is_income_where_the_account_says_so(self):
        self.account.missing_order_policy = "summary"
        self.env["ecom.settlement.map"]._propose(self.account)
        self.report(("charge", 10, 0.50, "elsewhere"), ("refund", -2, 0, "elsewhere2"), payout=7.50).action_post()
        self.assertMoney(self.balance(self.account_of("sale")), -10)
        self.assertMoney(self.balance(self.account_of("refund")), 2)
        self.assertMoney(self.balance(self.account_of("unknown")), 0)
        self.assertFalse(self.exceptions())

    def test_an_order_that_a_payout_names_is_asked_for_once_by_its_number(self):
        self.account.missing_order_policy = "import"
        self.env["ecom.payment.map"].create(
            {"channel_id": self.channel.id, "code": "card2", "provider_id": self.account.id}
        )
        settlement = self.report(("charge", 10, 0.50, "elsewhere"), payout=9.50)
        settlement.line_ids.filtered(lambda line: line.kind == "charge").order_number = "D-77"
        settlement.action_match()
        missing = self.env["ecom.flow.missing"]
        question = missing._question(self.channel)
        self.assertEqual(question.number, "D-77")
        missing._store(self.channel, question, None)
        self.assertIsNone(missing._question(self.channel))

    def test_what_nobody_can_explain_is_written_off_up_to_a_limit_and_above_it_by_an_approver(self):
        values = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        accountant = new_test_user(self.env, "writing_accountant", "account.group_account_user", **values)
        settlement = self.report(("charge", 4, 0, "elsewhere"), ("charge", 6, 0, "elsewhere2"), payout=10)
        settlement.action_post()
        small, large = settlement.line_ids.filtered(lambda line: line.kind == "charge").sorted("amount")
        small.with_user(accountant).action_write_off()
        self.assertEqual(small.write_off_by, accountant)
        with self.assertRaises(RedirectWarning):
            large.with_user(accountant).action_write_off()
        accountant.group_ids |= self.env.ref("ecom_settlement.ecom_settlement_group_approver")
        large.with_user(accountant).action_write_off()
        self.assertMoney(self.balance(self.account_of("unknown")), 0)
        self.assertMoney(self.balance(self.account_of("write_off")), -10)
        with self.assertRaises(UserError):
            large.action_write_off()
        settlement.action_undo()
        self.assertMoney(self.balance(self.account_of("write_off")), 0)
        self.assertMoney(self.balance(self.account_of("unknown")), 0)

    def test_an_account_may_leave_posting_to_approvers(self):
        values = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        accountant = new_test_user(self.env, "posting_accountant", "account.group_account_user", **values)
        self.account.payout_post_by = "approver"
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        with self.assertRaises(RedirectWarning):
            settlement.with_user(accountant).action_post()
        accountant.group_ids |= self.env.ref("ecom_settlement.ecom_settlement_group_approver")
        settlement.with_user(accountant).action_post()
        self.assertEqual(settlement.state, "posted")
