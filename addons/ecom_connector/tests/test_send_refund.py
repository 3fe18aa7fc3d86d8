"""A refund that we owe is told to the channel by a person who says how the money goes back, and once."""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..flow.send import Answer
from .common import ChannelCase


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
