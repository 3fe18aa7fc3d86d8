"""Cancellations: by the channel and by us, whole and by line, with stock and money."""

from odoo.tests import tagged

from .edit_case import EditCase


@tagged("post_install", "-at_install")
class TestCancelledThere(EditCase):
    def free(self):
        return self.shirt.with_company(self.company).free_qty

    def test_the_stock_is_back_at_once_while_nothing_was_picked(self):
        before = self.free()
        self.change(status="cancelled")
        self.assertEqual((self.placed.state, self.free()), ("cancel", before + 2))
        self.assertFalse(self.exceptions())

    def test_what_somebody_packs_is_asked_about(self):
        self.placed.picking_ids.move_ids.picked = True
        self.change(status="cancelled")
        self.assertEqual((self.placed.state, self.exceptions().change_step), ("sale", "all"))
        self.exceptions().action_apply_change()
        self.assertEqual((self.placed.state, self.placed.picking_ids.state), ("cancel", "cancel"))

    def test_what_has_not_left_is_cancelled_when_a_person_says_so(self):
        before = self.free()
        self.pick(SHIRT=1, CUP=1)
        self.change(status="cancelled")
        self.assertEqual(self.exceptions().change_step, "part")
        self.exceptions().action_apply_change()
        self.assertEqual((self.here(self.shirts).product_uom_qty, self.here(self.cups).product_uom_qty), (1, 1))
        self.assertFalse(self.open_moves())
        self.assertEqual(self.free(), before + 1)
        # Half of 40 + 8, the cup with 10 + 1, shipping with 5 + 1.
        self.assertTotals(self.placed, 35, 6)

    def test_what_is_invoiced_of_it_is_credited(self):
        invoice = self.placed._create_invoices()
        invoice._post()
        self.change(status="cancelled")
        self.exceptions().action_apply_change()
        credit = self.placed.invoice_ids - invoice
        self.assertEqual((self.placed.state, credit.move_type, credit.state), ("cancel", "out_refund", "posted"))
        self.assertTotals(credit, 55, 10)
        self.assertEqual(invoice.payment_state, "reversed")

    def test_an_invoiced_part_that_has_not_left_is_credited_to_the_cent(self):
        invoice = self.placed._create_invoices()
        invoice._post()
        self.pick(SHIRT=1, CUP=1)
        self.change(status="cancelled")
        self.exceptions().action_apply_change()
        self.assertTotals(self.placed.invoice_ids - invoice, 20, 4)

    def test_the_order_may_be_kept_though_the_channel_cancelled_it(self):
        self.pick(SHIRT=2, CUP=1)
        self.change(status="cancelled")
        self.assertEqual(self.exceptions().change_step, "none")
        self.exceptions().action_keep_ours()
        self.assertEqual((self.placed.state, self.exceptions().state), ("sale", "ignored"))
