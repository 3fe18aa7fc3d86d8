"""An order that a marketplace wants accepted: it hears of it once, when the order is confirmed here."""

from dataclasses import replace
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..channels.tests.answering import Answering
from ..channels.walmart.client import connect
from .common import ChannelCase


class Walmart(Answering):
    def access(self, request):
        return b'{"access_token": "t", "expires_in": 900}' if request.url.endswith("/v3/token") else None


@tagged("post_install", "-at_install")
class TestAccept(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.walmart = cls.make_channel(code="walmart", name="Walmart", mode="live")
        cls.walmart._set_credentials({"client_id": "id", "client_secret": "secret"})

    def order(self, channel=None, number="1796", **values):
        deadline = fields.Datetime.now() + timedelta(hours=4)
        partner = self.env["res.partner"].create({"name": "Kathryn"})
        common = {"partner_id": partner.id, "company_id": self.company.id, "ecom_acknowledge_by": deadline}
        known = {"ecom_channel_id": (channel or self.walmart).id, "ecom_external_id": number}
        return self.env["sale.order"].create({**common, **known, **values})

    def messages(self, orders):
        return self.env["ecom.message"].search([("order_id", "in", orders.ids), ("direction", "=", "out")], order="id")

    def test_it_is_told_once_the_order_is_confirmed_and_not_before(self):
        order = self.order()
        self.assertFalse(self.messages(order))
        order.action_confirm()
        self.env["ecom.flow.accept"]._tell(order)
        message = self.messages(order)
        self.assertEqual((message.topic, message.external_id, message.state), ("orders", "1796", "waiting"))
        flow, walmart = self.env["ecom.flow.send"], Walmart(b'{"order": {}}')
        call = flow._prepare(self.walmart, message)
        answer = flow._call(replace(call, client=connect({"client_id": "id", "client_secret": "s"}, walmart)))
        self.assertTrue(walmart.asked[-1].url.endswith("/v3/orders/1796/acknowledge"))
        flow._settle(self.walmart, message, answer)
        self.assertEqual(message.state, "done")
        self.assertIn("accepted", order.message_ids[0].body)

    def test_channels_that_name_no_deadline_or_cannot_be_told_hear_nothing(self):
        for order in (self.order(ecom_acknowledge_by=False), self.order(self.make_channel(name="Demo", mode="live"))):
            order.action_confirm()
            self.assertFalse(self.messages(order))

    def test_in_test_mode_it_is_noted_and_not_told(self):
        self.walmart.mode = "test"
        order = self.order()
        order.action_confirm()
        self.assertEqual(self.messages(order).state, "ignored")

    def test_less_of_an_order_is_still_accepted_and_none_of_it_is_not(self):
        order = self.order()
        order.action_confirm()
        self.env["ecom.flow.withdraw"]._tell(order)
        self.assertEqual(self.messages(order).mapped("state"), ["waiting", "waiting"])
        order.action_cancel()
        self.assertEqual(self.messages(order).mapped("state"), ["superseded", "superseded", "waiting"])
