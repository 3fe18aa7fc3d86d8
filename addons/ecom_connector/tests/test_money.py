"""Money of an order: at once, later, in parts, paid back, voided; gift cards; one policy a provider account."""

from odoo.tests import tagged

from .common import later, line, payment, tax
from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestMoney(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owed = cls.env["account.account"].create(
            {
                "name": "Gift Cards",
                "code": "299990",
                "account_type": "liability_current",
                "company_ids": [(6, 0, cls.company.ids)],
            }
        )

    def balance(self, account):
        return sum(self.env["account.move.line"].search([("account_id", "=", account.id)]).mapped("balance"))

    def credit(self, order):
        note = order.invoice_ids._reverse_moves()
        note._post()
        self.work_off()
        return note

    # ----------------------------------------------------------------- paid back
    def test_money_that_was_paid_back_settles_the_credit_note(self):
        stated = self.order(payments=(payment("t1", 24),))
        order = self.feed(stated).order_id
        self.work_off()
        self.feed(later(stated, payment="refunded", payments=(payment("t1", 24), payment("r1", 24, kind="refund"))))
        self.work_off()
        self.assertMoney(self.balance(self.journal.default_account_id), 24)
        note = self.credit(order)
        self.assertEqual((note.payment_state, order.invoice_ids.mapped("payment_state")), ("paid", ["paid", "paid"]))
        self.assertMoney(self.balance(self.journal.default_account_id), 0)

    def test_a_part_that_was_paid_back_settles_a_part_of_the_credit_note(self):
        order = self.place(payments=(payment("t1", 24), payment("r1", 10, kind="refund")))
        self.work_off()
        note = self.credit(order)
        self.assertEqual(note.payment_state, "partial")
        self.assertMoney(note.amount_residual, 14)

    def test_money_that_is_still_on_its_way_back_is_not_booked(self):
        stated = self.order(payments=(payment("t1", 24), payment("r1", 24, kind="refund", state="pending")))
        order = self.feed(stated).order_id
        self.work_off()
        note = self.credit(order)
        self.assertEqual(note.payment_state, "not_paid")
        self.feed(later(stated, payments=(payment("t1", 24), payment("r1", 24, kind="refund"))))
        self.work_off()
        self.assertEqual(note.payment_state, "paid")

    # -------------------------------------------------------------------- voided
    def test_a_capture_that_failed_after_all_is_taken_back(self):
        stated = self.order(payments=(payment("t1", 24),))
        order = self.feed(stated).order_id
        self.work_off()
        entry = order.ecom_payment_ids.payment_id
        self.feed(later(stated, payment="unpaid", payments=(payment("t1", 24, state="failed"),)))
        self.work_off()
        self.assertEqual((entry.state, order.invoice_ids.payment_state), ("canceled", "not_paid"))
        self.assertFalse(order.ecom_payment_ids.payment_id)
        self.assertMoney(self.balance(self.journal.default_account_id), 0)
        self.feed(later(stated, version="3", payments=(payment("t1", 24), payment("t2", 24))))
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "paid")

    def test_an_authorisation_that_was_voided_moves_nothing(self):
        order = self.place(payments=(payment("a", 24, kind="authorization"), payment("v", 24, kind="void")))
        self.work_off()
        self.assertFalse(order.ecom_payment_ids.payment_id)

    def test_parts_that_come_one_after_the_other_pay_the_invoice(self):
        stated = self.order(payment="partial", payments=(payment("t1", 10),))
        order = self.feed(stated).order_id
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "partial")
        self.feed(later(stated, payment="paid", payments=(payment("t1", 10), payment("t2", 14))))
        self.work_off()
        self.assertEqual(order.invoice_ids.payment_state, "paid")

    # ------------------------------------------------------ policy of an account
    def test_each_provider_account_has_its_own_policy(self):
        provider = self.make_channel(name="Provider", receivable_policy="payout")
        self.env["ecom.payment.map"].create(
            {"channel_id": self.channel.id, "code": "later", "provider_id": provider.id}
        )
        order = self.place(payments=(payment("t1", 10), payment("t2", 14, method="later")))
        self.work_off()
        booked = order.ecom_payment_ids.filtered("payment_id")
        self.assertEqual(booked.mapped("external_id"), ["t1"])
        self.assertMoney(order.invoice_ids.amount_residual, 14)

    def test_gift_cards_pay_at_once_even_where_money_waits_for_the_payout(self):
        self.channel.write({"receivable_policy": "payout", "voucher_account_id": self.owed.id})
        order = self.place(payments=(payment("g", 10, tender="gift_card"), payment("t", 14)))
        self.work_off()
        self.assertMoney(order.invoice_ids.amount_residual, 14)
        self.assertMoney(self.balance(self.owed), 10)

    # ------------------------------------------------------------------ gift cards
    def test_a_card_that_is_sold_and_used_leaves_nothing_owed(self):
        self.channel.voucher_account_id = self.owed
        self.place(line("g", 24, kind="gift_card", name="Gift card"), payments=(payment("t1", 24),))
        self.work_off()
        self.assertMoney(self.balance(self.owed), -24)
        self.place(payments=(payment("t2", 24, tender="gift_card"),))
        self.work_off()
        self.assertMoney(self.balance(self.owed), 0)

    def test_without_an_account_for_gift_cards_a_person_is_asked_and_then_it_goes_on(self):
        sold = self.place(self.goods(self.shirt, 20, tax(4)), line("g", 5, kind="gift_card", name="Gift card"))
        used = self.place(payments=(payment("t2", 24, tender="gift_card"),))
        self.work_off()
        self.assertFalse(sold.invoice_ids)
        self.assertIn("gift cards", sold.ecom_exception_ids.detail)
        asked = self.env["ecom.exception"].search([("dedupe_key", "=", "payment:gift_card")])
        self.assertEqual((asked.state, used.invoice_ids.payment_state), ("open", "not_paid"))
        self.channel.voucher_account_id = self.owed
        self.work_off()
        self.assertEqual((sold.invoice_ids.state, used.invoice_ids.payment_state), ("posted", "paid"))
        self.assertEqual((asked.state, sold.ecom_exception_ids.state), ("solved", "solved"))
