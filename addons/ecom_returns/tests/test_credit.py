from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestCredit(ReturnsCase):
    """Credit notes: of what came back alone, as it was charged, to the cent."""

    def back(self, order, *quantities):
        record = self.received(order, *quantities)
        self.decide(record)
        return self.credited(record)

    def test_returns_one_by_one_leave_no_cent(self):
        order = self.sold((self.shirt, 3, 3.335))
        invoice = order.invoice_ids
        for _time in range(3):
            self.back(order, 1)
        self.assertMoney(sum(invoice.reversal_move_ids.mapped("amount_total")), str(round(invoice.amount_total, 2)))
        self.assertMoney(sum(invoice.reversal_move_ids.mapped("amount_tax")), str(round(invoice.amount_tax, 2)))

    def test_not_invoiced(self):
        record = self.received(self.sold(invoice=False), 1)
        self.decide(record)
        with self.assertRaisesRegex(UserError, "nothing to credit"):
            self.credited(record)

    def test_a_return_is_credited_once(self):
        record = self.received(self.sold(), 1)
        self.decide(record)
        self.credited(record)
        with self.assertRaisesRegex(UserError, "Nothing of this return"):
            self.credited(record)

    def test_an_accountants_own_credit_note_counts(self):
        order = self.sold((self.shirt, 1, 10))
        note = order.invoice_ids._reverse_moves([{"invoice_date": "2026-03-02"}])
        note.action_post()
        record = self.received(order, 1)
        self.decide(record)
        with self.assertRaisesRegex(UserError, "nothing to credit"):
            self.credited(record)

    def test_an_unpaid_invoice_is_paid_by_the_credit_note(self):
        order = self.sold((self.shirt, 2, 10))
        self.back(order, 1)
        invoice = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")
        self.assertMoney(invoice.amount_residual, 12)

    def test_order_level_discount(self):
        coupon = self.env["product.product"].create({"name": "10 % off", "type": "service", "invoice_policy": "order"})
        order = self.sold(
            (self.shirt, 2, 10),
            (self.cup, 1, 20),
            (coupon, 1, -4, {"tax_ids": [Command.set(self.tax20.ids)]}),
        )
        self.assertTotals(self.back(order, 1), 9, "1.80")
        self.assertTotals(self.back(order, 1), 9, "1.80")
        self.assertTotals(self.back(order, 0, 1), 18, "3.60")

    def test_price_changed_after_invoice(self):
        order = self.sold((self.shirt, 2, 10))
        self.shirt.list_price = 99
        order.order_line.price_unit = 50
        self.assertTotals(self.back(order, 1), 10, 2)

    def test_tax_rate_changed_since_sale(self):
        order = self.sold((self.shirt, 2, 10))
        self.tax20.amount = 25
        self.assertTotals(self.back(order, 1), 10, 2)

    def test_tax_included(self):
        included = self.make_tax(20, name="Incl.", price_include_override="tax_included")
        order = self.sold((self.shirt, 2, 12, {"tax_ids": [Command.set(included.ids)]}))
        self.assertTotals(self.back(order, 1), 10, 2)

    def test_several_invoices(self):
        order = self.sold((self.shirt, 2, 10))
        order.order_line.product_uom_qty = 3
        self.deliver(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.invoice(order)
        notes = self.back(order, 3)
        self.assertEqual(len(notes.reversed_entry_id), 2)
        self.assertMoney(sum(notes.mapped("amount_total")), 36)

    def test_multi_currency_with_rate_change(self):
        dollar = self.env.ref("base.USD")
        rates = self.env["res.currency.rate"]
        rates.create({"name": "2026-01-01", "rate": 2, "currency_id": dollar.id, "company_id": self.company.id})
        pricelist = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id, "company_id": self.company.id}
        )
        order = self.sold((self.shirt, 2, 10), pricelist_id=pricelist.id)
        rates.create({"name": "2026-04-01", "rate": 4, "currency_id": dollar.id, "company_id": self.company.id})
        note = self.back(order, 1)
        self.assertEqual(note.currency_id, dollar)
        self.assertMoney(note.amount_total, 12, dollar)
        self.assertMoney(note.amount_total_signed, -6)

    def shipped(self):
        delivery = self.env["product.product"].create({"name": "Parcel", "type": "service", "invoice_policy": "order"})
        taxes = {"tax_ids": [Command.set(self.tax20.ids)], "is_delivery": True}
        return self.sold((self.shirt, 2, 10), (delivery, 1, 5, taxes))

    def test_shipping_refunded_once_only(self):
        order = self.shipped()
        self.policy.shipping = "all"
        self.assertTotals(self.back(order, 1), 10, 2)
        self.assertTotals(self.back(order, 1), 15, 3)
        notes = order.invoice_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertMoney(sum(notes.mapped("amount_total")), 30)

    def test_withdrawal_gives_the_cheapest_standard_delivery_back(self):
        self.policy.write({"shipping": "standard", "standard_rate": 3.60})
        self.assertTotals(self.back(self.shipped(), 2), 23, "4.60")

    def fee(self, treatment):
        self.policy.write({"withdrawal": False, "shipping": "none"})
        self.policy.write({"fee_kind": "percent", "fee_value": 10, "fee_treatment": treatment})

    def test_fee_with_tax(self):
        self.fee("reduces")
        self.assertTotals(self.back(self.sold((self.shirt, 1, 10))), 9, "1.80")

    def test_fee_without_tax(self):
        self.fee("service")
        self.assertTotals(self.back(self.sold((self.shirt, 1, 10))), "8.80", 2)

    def test_a_withdrawal_carries_no_fee(self):
        self.fee("reduces")
        self.policy.withdrawal = True
        self.assertTotals(self.back(self.sold((self.shirt, 1, 10))), 10, 2)

    def test_the_refund_explains_itself(self):
        record = self.received(self.sold((self.shirt, 2, 10)), 1)
        self.decide(record)
        self.credited(record)
        self.assertRegex(record.message_ids[0].body, r"1 × .*Shirt: 12\.00.*<br.*To give back: 12\.00")
