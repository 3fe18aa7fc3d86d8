"""When receivables are cleared, one entry a payout or an order, and what becomes of orders that are invoiced later."""

from odoo.addons.ecom_connector.tests.common import payment
from odoo.exceptions import UserError
from odoo.tests import tagged

from .ledger_case import LedgerCase


@tagged("post_install", "-at_install")
class TestPolicies(LedgerCase):
    def at_payout(self):
        self.channel.receivable_policy = self.account.receivable_policy = "payout"

    def legs(self, settlement):
        return settlement._entries().line_ids.filtered("ecom_order_id")

    def test_matching_again_changes_nothing_tax_of_the_marketplace_included(self):
        self.read(self.sample("amazon", "settlement_v2.txt"))
        settlement = self.env["ecom.settlement"].search([("channel_id", "=", self.account.id)])
        settlement.action_match()
        first = [(one.match_state, one.order_id, one.is_remitted) for one in settlement.line_ids]
        self.assertTrue(any(settlement.line_ids.mapped("is_remitted")))
        settlement.action_match()
        self.assertEqual([(one.match_state, one.order_id, one.is_remitted) for one in settlement.line_ids], first)
        settlement.action_post()
        self.assertMoney(self.balance(self.account_of("remitted_tax")), 0)

    def test_with_receivables_at_payout_invoices_are_paid_and_refunds_settle_credit_notes(self):
        self.at_payout()
        orders = [self.sell(name) for name in ("tx1", "tx2")]
        credit = orders[1].invoice_ids._reverse_moves([{"invoice_date": "2026-03-03"}])
        credit.action_post()
        receivable = orders[0].partner_invoice_id.property_account_receivable_id
        settlement = self.report(
            ("charge", 24, 1, "tx1"), ("charge", 24, 1, "tx2"), ("refund", -24, 0, "tx2"), payout=22
        )
        settlement.action_post()
        self.assertInTheBooks(settlement)
        self.assertEqual([one.invoice_ids[:1].payment_state for one in orders], ["paid", "reversed"])
        self.assertTrue(all(self.legs(settlement).mapped("reconciled")))
        self.assertMoney(self.balance(receivable), 0)

    def test_an_order_that_is_paid_out_before_it_is_invoiced_is_paired_afterwards(self):
        for policy in ("capture", "payout"):
            with self.subTest(policy=policy):
                self.env["ecom.settlement"].search([("state", "=", "new")]).unlink()
                self.channel.receivable_policy = self.account.receivable_policy = policy
                order = self.place(payments=(payment(f"early_{policy}", 24),))
                number = f"po_{policy}"
                settlement = self.report(("charge", 24, 0, f"early_{policy}"), payout=24, number=number)
                settlement.action_post()
                self.assertFalse(self.legs(settlement).reconciled)
                self.work_off()
                self.assertTrue(self.legs(settlement).reconciled)
                self.assertEqual(order.invoice_ids.payment_state, "paid")
                self.assertInTheBooks(settlement)

    def test_the_policy_is_not_changed_while_captured_money_is_on_the_way(self):
        self.env["ecom.payment.map"].search([("channel_id", "=", self.channel.id)]).provider_id = self.account
        self.sell("tx1")
        account = self.env["ecom.order.payment"].search([("external_id", "=", "tx1")])
        account = account.provider_id or account.channel_id
        with self.assertRaisesRegex(UserError, "on capture"):
            account.receivable_policy = "payout"
        settlement = self.report(("charge", 24, 1, "tx1"), payout=23)
        with self.assertRaisesRegex(UserError, "not posted yet"):
            self.account.receivable_policy = "payout"
        settlement.action_post()
        account.receivable_policy = "payout"
        self.assertEqual(account.receivable_policy, "payout")

    def test_what_a_payout_settled_is_not_collected_again_when_the_policy_changes(self):
        self.at_payout()
        order = self.sell("tx1")
        self.report(("charge", 24, 1, "tx1"), payout=23).action_post()
        self.channel.receivable_policy = self.account.receivable_policy = "capture"
        self.work_off()
        self.assertFalse(order.ecom_payment_ids.payment_id)
        self.assertMoney(self.balance(self.clearing), 23)

    def test_one_entry_an_order_has_its_fees_and_its_share_and_together_they_are_the_payout(self):
        self.account.settlement_entries = "order"
        self.sell("tx1"), self.sell("tx2")
        settlement = self.report(
            ("charge", 24, 0.96, "tx1"), ("charge", 24, 1.00, "tx2"), ("fee", -3, 0, ""), payout=43.04
        )
        settlement.action_post()
        self.assertInTheBooks(settlement)
        self.assertEqual(len(settlement._entries()), 3)
        shares = settlement._entries().line_ids.filtered(lambda one: one.ecom_settlement_role == "share")
        self.assertEqual(sorted(shares.mapped("balance")), [-46.04, 23.0, 23.04])
        self.assertTrue(all(shares.mapped("reconciled")))
        self.assertTrue(all(self.legs(settlement).mapped("reconciled")))
        self.received(43.04)
        settlement.action_find_deposit()
        self.assertTrue(settlement.is_deposited)
        self.assertMoney(self.balance(self.clearing), 0)
        settlement.action_undo()
        settlement.action_post()
        self.assertInTheBooks(settlement)

    def test_every_kind_of_balance_has_its_place_and_comes_back_from_it(self):
        kinds = {
            "risk_reserved_funds": "reserve",
            "dispute": "dispute",
            "transfer": "transfer",
        }
        for number, (kind, family) in enumerate(kinds.items()):
            first = self.report((kind, -40, 0, ""), ("charge", 100, 0, f"x{number}"), payout=60, number=f"po_a{number}")
            self.assertEqual(first.line_ids[0].family, family, kind)
            first.action_post()
            self.assertInTheBooks(first)
            self.assertMoney(self.balance(self.account_of(family)), 40)
            second = self.report((kind, 40, 0, ""), payout=40, number=f"po_b{number}")
            second.action_post()
            self.assertMoney(self.balance(self.account_of(family)), 0)

    def test_a_negative_payout_is_charged_to_the_card_and_taken_up_by_the_next(self):
        owed = self.report(("fee", -30, 0, ""), payout=-30)
        owed.action_post()
        self.assertMoney(self.balance(self.clearing), -30)
        self.received(-30, "CHARGE CARD")
        owed.action_find_deposit()
        self.assertTrue(owed.is_deposited)
        self.assertMoney(self.balance(self.clearing), 0)

    def test_several_payouts_in_one_deposit_and_one_in_several_are_found(self):
        payouts = [self.report(("fee", amount, 0, ""), payout=amount, number=f"po_{amount}") for amount in (11, 23, 50)]
        for one in payouts:
            one.action_post()
        self.received(34, "TWO AT ONCE"), self.received(20, "PART"), self.received(30, "PART")
        payouts[0].action_find_deposit(), payouts[2].action_find_deposit()
        self.assertEqual([one.is_deposited for one in payouts], [True, True, True])
        self.assertMoney(self.balance(self.clearing), 0)
        payouts[0].action_undo()
        self.assertEqual([one.is_deposited for one in payouts], [False, False, True])
