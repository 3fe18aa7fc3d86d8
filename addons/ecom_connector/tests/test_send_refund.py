"""A refund that we owe is told to the channel by a person who says how the money goes back, and once."""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..flow.send import Answer
from .common import ChannelCase, line, payment, tax


@tagged("post_install", "-at_install")
class TestSendRefund(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_woo_channel(mode="live")
        cls.send = cls.env["ecom.flow.send"]

    def setUp(self):
        super().setUp()
        self.refund = self.env["ecom.refund"].create(
            {
                "channel_id": self.channel.id,
                "order_id": self.place().id,
                "state": "pending",
                "amount": 14.09,
                "currency_id": self.euro.id,
                "reason": "Broken",
            }
        )

    def call(self):
        return self.send._prepare(self.channel, self.refund.message_ids)

    def test_money_moves_there_only_where_a_person_says_so(self):
        self.refund.action_note_there()
        record = self.call().record
        self.assertEqual((record.pays, record.restocks, record.amount), (False, False, Decimal("14.09")))
        self.assertEqual(record.order_id, self.refund.order_id.ecom_external_id)
        self.assertIn("another way", self.refund.order_id.message_ids[0].body)

    def test_the_channel_hears_what_it_is_for_where_all_of_it_is_known(self):
        order = self.place(
            self.goods(self.shirt, 20, tax(4), tax(2, "vat10", 10), quantity=2),
            line("ship", 5, tax("0.5", "vat10", 10), kind="shipping", name="Post"),
        )
        shirts, shipping = order.order_line
        pack = {"amount": 10, "tax_amount": 3, "order_line_id": shirts.id, "quantity": 1}
        post = {"amount": 5, "tax_amount": 0.5, "order_line_id": shipping.id}
        self.refund.write({"order_id": order.id, "amount": 18.5, "line_ids": [(0, 0, pack), (0, 0, post)]})
        goods, freight = self.send._prepare_refund(self.refund).lines
        self.assertEqual((goods.line_id, goods.quantity, goods.amount), (shirts.ecom_external_id, 1, Decimal("10.00")))
        self.assertEqual({t.code: t.amount for t in goods.taxes}, {"vat20": Decimal(2), "vat10": Decimal(1)})
        self.assertEqual((freight.line_id, freight.quantity, freight.taxes[0].amount), ("ship", 0, Decimal("0.5")))
        self.refund.amount = 17
        self.assertEqual(self.send._prepare_refund(self.refund).lines, ())

    def test_a_tax_without_a_name_of_its_own_there_is_left_in_the_amount(self):
        order = self.place(self.goods(self.shirt, 20, tax(4)))
        told = {"amount": 20, "tax_amount": 4, "order_line_id": order.order_line.id, "quantity": 1}
        self.refund.write({"order_id": order.id, "amount": 24, "line_ids": [(0, 0, told)]})
        self.env["ecom.tax.map"].create({"channel_id": self.channel.id, "code": "other20", "tax_id": self.tax20.id})
        (goods,) = self.send._prepare_refund(self.refund).lines
        self.assertEqual((goods.amount, goods.taxes), (Decimal(20), ()))

    def test_units_go_back_on_sale_there_only_on_purpose_and_where_stock_is_not_published(self):
        with self.assertRaises(UserError):
            self.refund.action_toggle_restocks()
        self.channel.publish_stock = False
        self.assertFalse(self.send._prepare_refund(self.refund).restocks)
        self.refund.action_toggle_restocks()
        self.assertTrue(self.send._prepare_refund(self.refund).restocks)
        self.channel.publish_stock = True
        self.assertFalse(self.send._prepare_refund(self.refund).restocks)

    def test_what_a_cancelled_order_owes_is_known_line_by_line(self):
        order = self.place(self.goods(self.shirt, 20, tax(4), quantity=2), payments=(payment("p1", 24),))
        order._action_cancel()
        owed = order.ecom_refund_ids
        (told,) = self.send._prepare_refund(owed).lines
        self.assertEqual((owed.amount, told.quantity, told.amount, told.taxes[0].amount), (24, 2, 20, 4))

    def test_it_is_told_once_and_known_under_the_name_of_the_channel(self):
        self.refund.action_pay_back()
        self.assertFalse(self.refund.can_tell)
        self.assertEqual(self.refund.display_name, f"Refund of {self.refund.order_id.name}")
        with self.assertRaises(UserError):
            self.refund.action_pay_back()
        first = self.call()
        self.assertEqual((first.record.pays, first.ask_first), (True, False))
        message = self.refund.message_ids
        message.attempts = 2
        self.assertEqual((self.call().ask_first, self.call().record.key), (True, first.record.key))
        self.send._settle(self.channel, message, Answer(external_id="49"))
        self.assertEqual((self.refund.external_id, self.refund.state, message.state), ("49", "done", "done"))
        self.assertEqual(self.refund.display_name, "49")
        self.assertFalse(self.refund.can_tell)

    def test_one_that_the_channel_told_of_meanwhile_is_that_one(self):
        self.refund.action_note_there()
        message = self.refund.message_ids
        told = self.refund.copy({"external_id": "49", "state": "done"})
        self.send._settle(self.channel, message, Answer(external_id="49"))
        self.assertEqual(message.refund_id, told)
        self.assertFalse(self.refund.exists())

    def test_what_was_refused_can_be_tried_again_but_not_said_otherwise(self):
        self.refund.action_pay_back()
        self.refund.message_ids._fail("The gateway cannot refund.")
        with self.assertRaises(UserError):
            self.refund.action_note_there()
        self.refund.action_pay_back()
        self.assertEqual(self.refund.message_ids.mapped("state"), ["waiting"])

    def test_a_refund_that_the_channel_made_is_not_told_to_it(self):
        self.refund.external_id = "52"
        with self.assertRaises(UserError):
            self.refund.action_note_there()

    def test_only_channel_managers_may_move_money(self):
        operator = new_test_user(
            self.env,
            "refunder",
            groups="ecom_connector.ecom_connector_group_operator",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            self.refund.with_user(operator).action_pay_back()
