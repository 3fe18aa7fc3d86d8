"""Captured money moves from the receivable to the clearing account, once."""

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import later, payment, tax
from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestCollect(InvoiceCase):
    def test_captured_money_moves_from_the_receivable_to_the_clearing_account(self):
        order = self.place(payments=(payment("t1", 24),))
        self.work_off()
        booked = order.ecom_payment_ids.payment_id
        self.assertEqual((booked.journal_id, booked.amount, str(booked.date)), (self.journal, 24, "2026-03-02"))
        clearing = booked.move_id.line_ids.filtered(lambda line: line.account_id == self.journal.default_account_id)
        self.assertMoney(clearing.balance, 24)
        self.assertEqual(order.invoice_ids.payment_state, "paid")

    def test_the_payment_methods_own_journal_comes_first(self):
        other = self.env["account.journal"].create(
            {"name": "PayPal Clearing", "code": "PPAL", "type": "bank", "company_id": self.company.id}
        )
        self.env["ecom.payment.map"].create({"channel_id": self.channel.id, "code": "pp", "journal_id": other.id})
        order = self.place(payments=(payment("t1", 24, method="pp"),))
        self.work_off()
        self.assertEqual(order.ecom_payment_ids.payment_id.journal_id, other)

    def test_what_was_only_authorised_or_failed_is_no_money(self):
        payments = (
            payment("a", 24, kind="authorization"),
            payment("f", 24, state="failed"),
            payment("p", 24, state="pending"),
        )
        order = self.place(payments=payments)
        self.work_off()
        self.assertFalse(order.ecom_payment_ids.payment_id)
        self.assertEqual(order.invoice_ids.payment_state, "not_paid")

    def test_two_payments_pay_one_invoice(self):
        order = self.place(payments=(payment("t1", 10), payment("t2", 14)))
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "paid")
        self.assertEqual(sorted(order.ecom_payment_ids.payment_id.mapped("amount")), [10, 14])

    def test_money_that_comes_after_the_invoice_is_booked_then(self):
        channel_order = self.order(payment="authorized", payments=(payment("t1", 24, state="pending"),))
        order = self.feed(channel_order).order_id
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "not_paid")
        self.feed(later(channel_order, payment="paid", payments=(payment("t1", 24),)))
        self.assertTrue(order.ecom_invoice_due)
        self.work_off()
        self.assertEqual((order.ecom_payment, order.invoice_ids.payment_state), ("paid", "paid"))

    def test_an_invoice_made_by_hand_gets_the_captured_money_too(self):
        self.channel.invoice_policy = "manual"
        order = self.place(payments=(payment("t1", 24),))
        order._create_invoices()._post()
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "paid")

    def test_money_of_two_orders_of_one_buyer_is_not_mixed_up(self):
        first = self.order(payments=(payment("t1", 24),))
        second = self.order(self.goods(self.cup, 10, tax(2)), buyer=first.buyer, payments=(payment("t2", 12),))
        orders = self.feed(first, second).order_id
        self.assertEqual(len(orders.partner_id), 1)
        self.work_off()
        for order in orders:
            self.assertEqual(order.invoice_ids._get_reconciled_payments(), order.ecom_payment_ids.payment_id)

    def test_where_the_settlement_clears_the_receivable_nothing_is_booked_now(self):
        self.channel.receivable_policy = "payout"
        order = self.place(payments=(payment("t1", 24),))
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "not_paid")
        self.assertFalse(order.ecom_payment_ids.payment_id)

    def test_a_missing_clearing_journal_is_asked_for_once_and_the_invoice_stays_open(self):
        self.channel.clearing_journal_id = False
        orders = [self.place(payments=(payment(f"t{number}", 24),)) for number in range(2)]
        self.work_off()
        self.assertEqual([order.invoice_ids.payment_state for order in orders], ["not_paid", "not_paid"])
        exception = self.env["ecom.exception"].search([("dedupe_key", "=", "payment:card")])
        self.assertEqual((len(exception), exception.category), (1, "mapping"))
        self.channel.clearing_journal_id = self.journal
        self.work_off()
        self.assertEqual(exception.state, "solved")
        self.assertEqual([order.invoice_ids.payment_state for order in orders], ["paid", "paid"])

    def test_the_database_refuses_to_book_a_capture_twice(self):
        order = self.place(payments=(payment("t1", 24),))
        self.work_off()
        booked = order.ecom_payment_ids.payment_id
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            booked.copy({"ecom_order_payment_id": order.ecom_payment_ids.id}).flush_recordset()

    def test_a_journal_chosen_for_the_method_books_what_waited(self):
        self.channel.clearing_journal_id = False
        order = self.place(payments=(payment("t1", 24),))
        self.work_off()
        mapping = self.env["ecom.payment.map"].search([("channel_id", "=", self.channel.id), ("code", "=", "card")])
        mapping.journal_id = self.journal
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "paid")
