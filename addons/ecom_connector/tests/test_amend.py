"""What the channel changes after an order is here."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..channels.records import Refund, RefundLine
from .common import PLACED, ChannelCase, later, payment, tax


@tagged("post_install", "-at_install")
class TestAmend(ChannelCase):
    def setUp(self):
        super().setUp()
        self.first = self.order(self.goods(self.shirt, 40, tax(8), quantity=2), payment="authorized")
        self.placed = self.feed(self.first).order_id

    def change(self, version="2", **values):
        message = self.feed(later(self.first, version, **values))
        self.assertEqual((message.state, message.order_id), ("done", self.placed), message.problem)
        return self.placed

    def exceptions(self):
        return self.env["ecom.exception"].search([("order_id", "=", self.placed.id), ("category", "=", "change")])

    # ----------------------------------------------------------------- following
    def test_payment_fulfilment_and_note_follow_without_asking(self):
        order = self.change(payment="paid", fulfilment="partial", note="Now with a note", version="2")
        self.assertEqual(
            (order.ecom_payment, order.ecom_fulfilment, order.ecom_note), ("paid", "partial", "Now with a note")
        )
        self.assertEqual(order.ecom_version, "2")
        self.assertFalse(self.exceptions())

    def test_the_channel_does_not_unship_what_we_shipped(self):
        self.placed.ecom_fulfilment = "fulfilled"
        self.change(fulfilment="open")
        self.assertEqual(self.placed.ecom_fulfilment, "fulfilled")

    def test_new_names_and_payments_are_added_once(self):
        values = {"references": (("number", self.first.number), ("invoice", "R1")), "payments": (payment("t1", 48),)}
        self.change("2", **values)
        self.change("3", **values)
        self.assertEqual(sorted(self.placed.ecom_reference_ids.mapped("kind")), ["invoice", "number"])
        self.assertEqual(self.placed.ecom_payment_ids.mapped("amount"), [48])

    def test_a_payment_that_is_captured_or_voided_later_changes_its_state(self):
        self.change("2", payments=(payment("t1", 48, kind="authorization", state="pending"),))
        self.change("3", payments=(payment("t1", 48, kind="capture"),))
        self.assertEqual(self.placed.ecom_payment_ids.mapped(lambda p: (p.kind, p.state)), [("capture", "done")])

    def test_refunds_are_kept_with_their_lines_and_once(self):
        line = self.first.lines[0]
        refund = Refund(
            external_id="r1",
            created_at=PLACED,
            amount=Decimal(24),
            state="pending",
            reason="Too small",
            lines=(
                RefundLine(
                    external_id="rl1",
                    line_id=line.external_id,
                    quantity=Decimal(1),
                    amount=Decimal(20),
                    taxes=(tax(4),),
                ),
            ),
        )
        self.change("2", refunds=(refund,))
        self.change("3", refunds=(replace(refund, state="done"),), payment="refunded")
        kept = self.placed.ecom_refund_ids
        self.assertEqual((kept.external_id, kept.state, kept.amount, kept.reason), ("r1", "done", 24, "Too small"))
        self.assertEqual(
            kept.line_ids.mapped(lambda entry: (entry.order_line_id, entry.quantity, entry.amount, entry.tax_amount)),
            [(self.placed.order_line, 1, 20, 4)],
        )

    def test_an_older_version_that_comes_later_changes_nothing(self):
        self.change("3", payment="paid")
        message = self.feed(later(self.first, "2", payment="unpaid", note="old"))
        self.assertEqual(message.state, "superseded")
        self.assertEqual((self.placed.ecom_payment, self.placed.ecom_note), ("paid", False))

    # ------------------------------------------------------------------- content
    def test_the_same_amounts_with_other_digits_are_no_change(self):
        lines = (replace(self.first.lines[0], gross=Decimal("40.0000"), quantity=Decimal("2.0")),)
        self.change("2", lines=lines, total=Decimal("48.00"))
        self.assertFalse(self.exceptions())

    # -------------------------------------------------------------- cancellation
    def test_a_cancellation_puts_the_stock_back_while_nothing_has_left(self):
        free = self.shirt.with_company(self.company).free_qty
        self.change(status="cancelled")
        self.assertEqual((self.placed.state, self.placed.picking_ids.state), ("cancel", "cancel"))
        self.assertEqual(self.shirt.free_qty, free + 2)
        self.assertFalse(self.exceptions())
        self.change("3", status="cancelled")
        self.assertEqual(self.placed.state, "cancel")

    def test_a_locked_order_is_cancelled_too(self):
        self.placed.action_lock()
        self.change(status="cancelled")
        self.assertEqual(self.placed.state, "cancel")

    def test_what_has_left_is_not_cancelled_behind_peoples_backs(self):
        picking = self.placed.picking_ids
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.change(status="cancelled")
        self.assertEqual(self.placed.state, "sale")
        self.assertIn("1 left", self.exceptions().detail)

    def test_what_is_invoiced_is_not_cancelled_behind_peoples_backs(self):
        self.placed._create_invoices()._post()
        self.change(status="cancelled")
        self.assertEqual(self.placed.state, "sale")
        self.assertTrue(self.exceptions().change_line_ids.credit)

    def test_an_order_that_opens_again_is_asked_about(self):
        self.change("2", status="cancelled")
        self.change("3")
        self.assertEqual(self.placed.state, "cancel")
        self.assertIn("open again", self.exceptions().name)

    def test_a_later_version_is_applied_though_another_order_of_the_batch_is_bad(self):
        bad = self.order(payments=(payment("twice", 12), payment("twice", 12)))
        with self.assertLogs("odoo.addons.ecom_connector.flow.place", "ERROR"), self.assertLogs("odoo.sql_db"):
            messages = self.feed(later(self.first, payment="paid"), bad)
        self.assertEqual(messages.mapped("state"), ["done", "failed"])
        self.assertEqual(self.placed.ecom_payment, "paid")
