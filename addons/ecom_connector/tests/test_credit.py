"""Credit notes of what a channel stated: by Odoo's own wizard, whole or by quantity, they add up to the invoice."""

from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from .common import tax
from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestCredit(InvoiceCase):
    def invoiced(self, *lines, **values):
        order = self.place(*lines, **values)
        self.work_off()
        return order, order.invoice_ids

    def credit(self, invoice, quantity=None):
        """The draft of the reversal wizard, cut down to `quantity` of each line as a person does it in the form."""
        context = {"active_model": "account.move", "active_ids": invoice.ids}
        wizard = self.env["account.move.reversal"].with_context(**context).create({"journal_id": invoice.journal_id.id})
        note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        if quantity is not None:
            note.invoice_line_ids = [Command.update(line.id, {"quantity": quantity}) for line in note.invoice_line_ids]
        return note

    def test_a_whole_invoice_is_credited_as_it_was(self):
        order, invoice = self.invoiced(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3))
        note = self.credit(invoice)
        note.action_post()
        self.assertTotals(note, "10.00", "1.99")
        self.assertEqual(order.order_line.qty_invoiced, 0)

    def test_thirds_that_are_credited_one_by_one_add_up(self):
        _order, invoice = self.invoiced(self.goods(self.shirt, "10.00", tax("1.99"), discount="0.50", quantity=3))
        found = []
        for _part in range(3):
            note = self.credit(invoice, quantity=1)
            note.action_post()
            found.append((round(note.amount_untaxed, 2), round(note.amount_tax, 2)))
        self.assertEqual(found, [(3.17, 0.66), (3.17, 0.67), (3.16, 0.66)])

    def test_drafts_that_lie_side_by_side_add_up_too(self):
        _order, invoice = self.invoiced(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3))
        drafts = [self.credit(invoice), self.credit(invoice)]
        for draft, quantity in zip(drafts, (1, 2), strict=True):
            draft.invoice_line_ids.quantity = quantity
        self.assertMoney(sum(draft.amount_total for draft in drafts), invoice.amount_total)

    def test_a_part_of_a_part_is_its_share(self):
        order = self.place(self.goods(self.shirt, "100.00", tax("19.99"), quantity=6))
        order.ecom_invoice_due = False
        order.order_line.qty_to_invoice = 5
        order._create_invoices()._post()
        order._create_invoices()._post()
        first, second = order.invoice_ids.sorted("id")
        self.assertTotals(second, "16.67", "3.33")
        self.assertTotals(self.credit(second), "16.67", "3.33")
        parts = []
        for quantity in (2, 2, 1):
            note = self.credit(first, quantity)
            note.action_post()
            parts.append(note)
        self.assertMoney(sum(note.amount_untaxed for note in parts), "83.33")
        self.assertMoney(sum(note.amount_tax for note in parts), "16.66")

    def test_a_credit_note_that_was_cancelled_counts_for_nothing(self):
        _order, invoice = self.invoiced(self.goods(self.shirt, "10.00", tax("1.99"), quantity=3))
        self.credit(invoice, quantity=1).button_cancel()
        self.assertTotals(self.credit(invoice, quantity=3), "10.00", "1.99")

    def test_more_than_is_left_and_another_price_are_computed_as_usual(self):
        _order, invoice = self.invoiced(self.goods(self.shirt, "10.00", tax("1.99"), quantity=2))
        self.credit(invoice, quantity=1).action_post()
        note = self.credit(invoice, quantity=2)
        self.assertTotals(note, "10.00", "1.99")
        note.invoice_line_ids.write({"quantity": 1, "price_unit": 3})
        self.assertTotals(note, "3.00", "0.60")

    def test_yen_have_no_cents_to_lose(self):
        order, invoice = self.invoiced(
            self.goods(self.shirt, 1000, tax(100, code="jct", rate=10), quantity=3), currency="JPY"
        )
        parts = []
        for _part in range(3):
            note = self.credit(invoice, quantity=1)
            note.action_post()
            parts.append(round(note.amount_total))
        self.assertEqual((parts, order.order_line.qty_invoiced), ([366, 368, 366], 0))

    def test_what_is_no_longer_ordered_is_credited_from_the_order_with_its_discount(self):
        order, invoice = self.invoiced(self.goods(self.shirt, "30.01", tax("5.39"), discount="3.00", quantity=3))
        order.order_line.product_uom_qty = 1
        order.order_line.qty_to_invoice = -2
        note = order._create_invoices(final=True)
        self.assertEqual(note.move_type, "out_refund")
        self.assertTotals(note, "18.01", "3.59")
        discounts = [line.ecom_discount for line in (invoice.invoice_line_ids, note.invoice_line_ids, order.order_line)]
        self.assertEqual([round(amount, 2) for amount in discounts], [3, 2, 1])

    def test_an_order_line_that_was_reduced_keeps_its_share_of_the_stated_tax(self):
        order = self.place(self.goods(self.shirt, "30.00", tax("5.99"), quantity=3))
        order.order_line.product_uom_qty = 2
        self.assertTotals(order, "20.00", "3.99")
        self.assertTotals(order._create_invoices(), "20.00", "3.99")
        self.assertEqual(Decimal(str(order.order_line.extra_tax_data["quantity"])), 3)
