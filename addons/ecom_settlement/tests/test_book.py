"""Payouts in the books: one entry equal to the deposit, paired order by order, and back again."""

from odoo import fields
from odoo.addons.ecom_connector.tests.common import line, payment, tax
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestBook(BookCase):
    def test_a_payout_clears_what_was_captured_and_the_bank_clears_the_payout(self):
        first, second = self.sell("tx1"), self.sell("tx2")
        self.assertMoney(self.balance(self.clearing), 48)
        settlement = self.report(("charge", 24, 0.96, "tx1"), ("charge", 24, 1.00, "tx2"), payout=46.04)
        settlement.action_post()
        self.assertEqual((settlement.state, settlement.line_ids.mapped("order_id")), ("posted", first | second))
        self.assertMoney(self.balance(self.clearing), "46.04")
        self.assertMoney(self.balance(self.account_of("payment_fee")), "1.96")
        legs = settlement.move_ids.line_ids.filtered("ecom_order_id")
        self.assertTrue(all(legs.mapped("reconciled")))
        self.assertEqual(len(legs.matched_debit_ids), 2, "pairs, not heaps")
        self.assertFalse(settlement.is_deposited)
        self.received(46.04)
        settlement.action_find_deposit()
        self.assertTrue(settlement.is_deposited)
        self.assertMoney(self.balance(self.clearing), 0)

    def test_an_undone_payout_leaves_the_books_as_they_were_and_posts_again_the_same(self):
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        bank = self.received(23.04)
        before = self.balance(self.clearing), self.balance(self.account_of("payment_fee"))
        ledgers = []
        for _round in range(2):
            settlement.action_post()
            self.assertTrue(settlement.is_deposited and bank.is_reconciled)
            found = settlement._entries().line_ids
            ledgers.append(sorted((one.account_id.id, one.balance, one.reconciled) for one in found))
            settlement.action_undo()
            self.assertFalse(bank.is_reconciled)
            now = self.balance(self.clearing), self.balance(self.account_of("payment_fee"))
            self.assertEqual(now, before)
        self.assertEqual(*ledgers)
        self.assertFalse(settlement._entries())

    def test_where_receivables_are_cleared_at_payout_the_invoice_is_paid_by_it(self):
        self.channel.receivable_policy = self.account.receivable_policy = "payout"
        order = self.sell("tx1")
        self.assertEqual(order.invoice_ids.payment_state, "not_paid")
        self.env["ecom.payment.map"].search([("channel_id", "=", self.channel.id)]).provider_id = self.account
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        settlement.action_post()
        self.assertEqual(order.invoice_ids.payment_state, "paid")
        self.assertMoney(self.balance(self.clearing), "23.04")

    def test_the_policy_is_not_changed_while_payouts_wait(self):
        self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        with self.assertRaises(UserError):
            self.account.receivable_policy = "payout"

    def test_a_payout_is_booked_once(self):
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        settlement.action_post()
        with self.assertRaises(UserError):
            settlement.action_post()
        self.assertEqual(len(settlement.move_ids), 1)

    def test_a_revision_waits_until_the_first_report_is_undone(self):
        first = self.report(("fee", -5, 0, ""), payout=-5)
        first.action_post()
        second = self.report(("fee", -6, 0, ""), payout=-6)
        with self.assertRaises(UserError):
            second.action_post()
        first.action_undo()
        second.action_post()
        self.assertMoney(self.balance(self.account_of("payment_fee")), 6)

    def test_a_report_that_contradicts_itself_is_booked_only_when_accepted_and_the_rest_waits(self):
        settlement = self.report(("fee", -5, 0, ""), payout=-4)
        with self.assertRaises(UserError):
            settlement.action_post()
        settlement.action_accept()
        settlement.action_post()
        self.assertEqual(settlement.accepted_by, self.env.user)
        self.assertMoney(self.balance(self.account_of("unknown")), -1)

    def test_money_of_an_order_that_is_not_here_waits_to_be_clarified(self):
        settlement = self.report(("charge", 10, 0.50, "tx_elsewhere"), payout=9.50)
        settlement.action_post()
        self.assertEqual((settlement.open_count, settlement.line_ids[0].match_state), (1, "open"))
        self.assertMoney(self.balance(self.account_of("unknown")), -10)
        self.assertIn("1", self.exceptions().name)

    def test_a_payout_of_two_months_is_an_entry_in_each(self):
        self.sell("tx1")
        settlement = self.report(
            ("charge", 24, 0.96, "tx1", "2026-02-27"), ("fee", -3, 0, "", "2026-03-02"), payout=20.04
        )
        settlement.action_post()
        self.assertEqual(
            settlement.move_ids.sorted("date").mapped("date"),
            [fields.Date.to_date("2026-02-27"), fields.Date.to_date("2026-03-02")],
        )
        self.assertMoney(self.balance(self.account_of("month")), 0)
        self.assertMoney(self.balance(self.clearing), "20.04")

    def test_a_closed_month_refuses_the_payout_and_nothing_is_booked(self):
        self.company.fiscalyear_lock_date = "2026-03-31"
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        with self.assertRaises(UserError), self.cr.savepoint():
            settlement.action_post()
        self.assertFalse(settlement.move_ids)

    def test_a_missing_account_is_named_and_nothing_is_booked(self):
        self.env["ecom.settlement.map"].search([("channel_id", "=", self.account.id)]).unlink()
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        with self.assertRaisesRegex(UserError, "Payment Fee"), self.cr.savepoint():
            settlement.action_post()

    def test_a_kind_of_its_own_goes_to_its_own_account(self):
        own = self.account_of("advertising")
        self.env["ecom.settlement.map"].create(
            {"channel_id": self.account.id, "code": "fee", "family": "payment_fee", "account_id": own.id}
        )
        self.report(("fee", -5, 0, ""), payout=-5).action_post()
        self.assertMoney(self.balance(own), 5)

    def test_two_deposits_of_one_amount_are_left_to_a_person_unless_one_names_the_payout(self):
        settlement = self.report(("fee", 5, 0, ""), payout=5)
        settlement.action_post()
        self.received(5, "TRANSFER"), self.received(5, "TRANSFER")
        with self.assertRaises(UserError):
            settlement.action_find_deposit()
        self.received(5, "transfer PO_1")
        settlement.action_find_deposit()
        self.assertTrue(settlement.is_deposited)

    def test_two_payouts_in_one_deposit_are_taken_together_and_only_if_they_are_its_amount(self):
        both = self.report(("fee", 5, 0, ""), payout=5) | self.report(("fee", 7, 0, ""), payout=7, number="po_2")
        both.action_post()
        deposit = self.env["ecom.flow.deposit"]
        with self.assertRaises(UserError):
            deposit._take(both._deposits(), self.received(13, "SUM"))
        deposit._take(both._deposits(), self.received(12, "SUM"))
        self.assertEqual(both.mapped("is_deposited"), [True, True])
        self.assertMoney(self.balance(self.clearing), 0)

    def test_the_entry_is_shown_before_it_exists_and_is_what_is_booked_then(self):
        self.sell("tx1"), self.sell("tx2")
        settlement = self.report(("charge", 24, 0.96, "tx1"), ("charge", 24, 1.00, "tx2"), payout=46.04)
        wizard = self.env["ecom.settlement.post.wizard"].browse(settlement.action_preview()["res_id"])
        shown = {one.name: (one.debit, one.credit) for one in wizard.line_ids}
        self.assertEqual(shown, {"Paid by buyers (2)": (0, 48), "Payout": (46.04, 0), "Payment Fees": (1.96, 0)})
        self.assertFalse(settlement.move_ids)
        wizard.action_post()
        self.assertMoney(sum(settlement.move_ids.line_ids.mapped("debit")), 48)

    def test_several_possible_orders_wait_for_a_person_whose_choice_stays(self):
        first, second = (self.sell(name, references=(("number", "1041"),)) for name in ("tx1", "tx2"))
        body = (
            "Transaction Date,Type,Order,Payout Status,Payout Date,Payout ID,Amount,Fee,Net,Currency\n"
            "2026-03-02 10:00:00 +0000,charge,#1041,paid,2026-03-05,9,24.00,0.00,24.00,EUR\n"
            "2026-03-05 10:00:00 +0000,payout,,paid,2026-03-05,9,-24.00,0.00,-24.00,EUR\n"
        )
        settlement = self.read(body.encode())
        settlement.action_match()
        self.assertEqual((settlement.ambiguous_count, settlement.line_ids[0].candidate_ids), (1, first | second))
        with self.assertRaises(UserError), self.cr.savepoint():
            settlement.action_post()
        chosen = {"line_id": settlement.line_ids[0].id, "order_id": second.id}
        self.env["ecom.settlement.choose.wizard"].create(chosen).action_choose()
        settlement.action_post()
        line_ = settlement.line_ids[0]
        self.assertEqual((line_.order_id, line_.match_state, line_.matched_by), (second, "confirmed", self.env.user))

    def test_who_administers_billing_posts_and_undoes_without_seeing_orders(self):
        values = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        accountant = new_test_user(self.env, "settle_billing", "account.group_account_manager", **values)
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04).with_user(accountant)
        settlement.action_match()
        self.assertTrue(settlement.action_preview()["res_id"])
        settlement.action_post()
        self.assertEqual((settlement.state, settlement.move_count), ("posted", 1))
        settlement.action_undo()
        self.assertEqual(settlement.state, "new")

    def test_only_accountants_book(self):
        manager = new_test_user(
            self.env, "settle_manager", "ecom_connector.ecom_connector_group_channel_manager",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        settlement = self.report(("fee", -5, 0, ""), payout=-5)
        for action in ("action_post", "action_accept", "action_undo", "action_find_deposit"):
            with self.assertRaises(AccessError):
                getattr(settlement.with_user(manager), action)()

    def test_a_payout_in_another_currency_makes_no_exchange_entry_an_order(self):
        dollar = self.env.ref("base.USD")
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        for day, rate in (("2026-03-01", 1.25), ("2026-03-04", 1.20)):
            self.env["res.currency.rate"].create(
                {"currency_id": dollar.id, "name": day, "rate": rate, "company_id": self.company.id}
            )
        self.journal.currency_id = dollar
        orders = [
            self.place(
                line("l", 20, tax(4), sku="SHIRT", variant_id="v-SHIRT", name="A shirt"),
                currency="USD",
                payments=(payment(name, 24, currency="USD"),),
            )
            for name in ("tx1", "tx2")
        ]
        self.work_off()
        settlement = self.report(
            *[("charge", 24, 1, name, "2026-03-04") for name in ("tx1", "tx2")], payout=46, currency="usd"
        )
        exchange = self.company.currency_exchange_journal_id
        before = self.env["account.move"].search_count([("journal_id", "=", exchange.id)])
        settlement.action_post()
        legs = settlement.move_ids.line_ids
        self.assertEqual(sum(legs.filtered("ecom_order_id").mapped("amount_currency")), -48)
        self.assertTrue(all(legs.filtered("ecom_order_id").mapped("reconciled")), orders)
        self.assertEqual(self.env["account.move"].search_count([("journal_id", "=", exchange.id)]), before)
        self.assertMoney(sum(legs.mapped("balance")), 0)
