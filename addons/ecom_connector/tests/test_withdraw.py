"""What people cancel here: the channel hears of it, and the buyer's money is owed."""

import json
from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..channels.demo import orders as demo_orders
from ..channels.records import Refund
from .common import payment, tax
from .edit_case import EditCase
from .shipping_case import ShippingCase


@tagged("post_install", "-at_install")
class TestWithdraw(ShippingCase):
    """Against a demo shop."""

    def cancellations(self):
        return [entry.outcome for entry in self.shop.journal("cancellation")]

    def paper(self, order):
        return next(paper for paper in self.shop.orders() if paper["id"] == order.ecom_external_id)

    def test_an_order_cancelled_here_is_cancelled_there_once(self):
        order = self._order(2, 1)
        order.action_cancel()
        message = self._messages(order)
        self.assertEqual((message.topic, message.state), ("orders", "waiting"))
        self._try(message, settle=False)  # the power goes off before the answer is written down
        self._try(message)
        self.assertEqual((message.state, self.paper(order)["status"]), ("done", "cancelled"))
        self.assertEqual(self.cancellations(), ["applied", "repeated"])

    def test_a_line_that_loses_units_here_loses_them_there(self):
        order = self._order(3, 1)
        line = order.order_line[0]
        line.extra_tax_data = {"quantity": 3.0}
        line.product_uom_qty = 1
        self._try(self._messages(order))
        self.assertEqual([entry["quantity"] for entry in self.paper(order)["lines"][:2]], [1, 1])

    def test_two_reductions_are_told_as_the_last_one_stands(self):
        order = self._order(3, 1)
        line = order.order_line[0]
        line.extra_tax_data = {"quantity": 3.0}
        line.product_uom_qty = 2
        line.product_uom_qty = 1
        self.assertEqual(self._messages(order).mapped("state"), ["superseded", "waiting"])
        self._try(self._messages(order)[-1])
        self.assertEqual(self.paper(order)["lines"][0]["quantity"], 1)

    def test_what_was_put_back_meanwhile_is_not_told(self):
        order = self._order(3)
        line = order.order_line[0]
        line.extra_tax_data = {"quantity": 3.0}
        line.product_uom_qty = 1
        line.product_uom_qty = 3
        self._try(self._messages(order))
        self.assertEqual((self._messages(order).state, self.cancellations()), ("ignored", []))

    def test_a_refusal_of_the_shop_is_shown_to_a_person(self):
        order = self._order(1)
        self.shop.send_elsewhere(order.ecom_external_id)
        order.action_cancel()
        self._try(self._messages(order))
        self.assertEqual(self._messages(order).state, "failed")
        self.assertTrue(self.env["ecom.exception"].search([("order_id", "=", order.id)]))

    def test_in_test_mode_nothing_is_told_also_not_later(self):
        self.channel.mode = "test"
        order = self._order(1)
        order.action_cancel()
        self.assertEqual(self._messages(order).state, "ignored")

    def test_where_the_platform_takes_no_word_of_it_somebody_is_asked_to_do_it_there(self):
        order = self._order(1)
        cancel_order = demo_orders.cancel_order
        self.addCleanup(setattr, demo_orders, "cancel_order", cancel_order)
        del demo_orders.cancel_order
        order.action_cancel()
        self.assertFalse(self._messages(order))
        exception = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        self.assertIn("cancelled here only", exception.name)


@tagged("post_install", "-at_install")
class TestOwed(EditCase):
    """Money that was taken in for an order that is cancelled."""

    def setUp(self):
        super().setUp()
        self.change(payments=(payment("t1", 65),))

    def owed(self):
        return [(refund.state, refund.amount, refund.external_id) for refund in self.placed.ecom_refund_ids]

    def test_captured_money_is_owed_once(self):
        self.placed.action_cancel()
        self.assertEqual(self.owed(), [("pending", 65, False)])
        self.change(status="cancelled")
        self.assertEqual(self.owed(), [("pending", 65, False)])

    def test_what_the_channel_gave_back_with_its_cancellation_is_not_owed(self):
        self.change(status="cancelled", payments=(payment("t1", 65), payment("t2", 65, kind="refund")))
        self.assertEqual(self.owed(), [])

    def test_a_refund_that_the_channel_makes_later_is_the_one_that_was_owed(self):
        self.placed.action_cancel()
        refund = Refund(external_id="r1", amount=Decimal(65), state="pending", reason="Cancelled")
        self.change(status="cancelled", refunds=(refund,))
        self.assertEqual(self.owed(), [("pending", 65, "r1")])
        self.change(refunds=(replace(refund, state="done"),))
        self.assertEqual(self.owed(), [("done", 65, "r1")])

    def test_money_given_back_as_a_payment_settles_what_was_owed(self):
        self.placed.action_cancel()
        self.change(status="cancelled", payments=(payment("t1", 65), payment("t2", 65, kind="refund")))
        self.assertEqual(self.owed(), [("done", 65, False)])

    def test_an_authorisation_that_was_never_captured_is_owed_to_nobody(self):
        placed = self.place(self.goods(self.shirt, 20, tax(4)), payments=(payment("a1", 24, kind="authorization"),))
        placed.action_cancel()
        self.assertFalse(placed.ecom_refund_ids)

    def test_a_refund_told_by_itself_has_its_order_asked_for_once(self):
        paper = {
            "object": "refund",
            "id": "r9",
            "order_id": self.first.external_id,
            "revision": 7,
            "key": "",
            "created_at": "2026-03-02T10:00:00+00:00",
            "amount": "24.00",
            "currency": "EUR",
            "state": "pending",
            "reason": "Too small",
            "lines": [],
        }
        common = {"channel_id": self.channel.id, "direction": "in", "topic": "refunds", "external_id": "r9"}
        for turn in ("a", "b"):
            message = self.env["ecom.message"].create({**common, "event_key": f"told {turn}"})
            self.env["ecom.payload"].create({"message_id": message.id, "body": json.dumps(paper).encode()})
            self.env["ecom.flow.normalise"]._read(self.channel, message)
            self.assertEqual(message.state, "done")
        asked = self.env["ecom.message"].search([("event_key", "=like", "refund:r9:%")])
        self.assertEqual((asked.topic, asked.external_id, asked.hint), ("orders", self.first.external_id, True))
