"""A note that may stand on the order already is looked for before it is written again."""

from odoo.tests import tagged

from ..channels.woocommerce.tests.pretend import PretendShop, answer
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestSendNote(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_channel(code="woocommerce", name="Woo", mode="live")
        cls.channel._set_credentials(
            {"url": "https://shop.example", "consumer_key": "ck_test", "consumer_secret": "cs_test"}
        )

    def call(self, attempts, shop):
        """The Call of a note on order 30, with this shop on the other end of the line."""
        order = self.place(external_id="30")
        message = self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "out",
                "topic": "notes",
                "event_key": f"note:{attempts}",
                "order_id": order.id,
                "note": "It comes a day later.",
                "attempts": attempts,
            }
        )
        call = self.env["ecom.flow.send"]._prepare(self.channel, message)
        call.client.transport = shop
        return call

    def test_the_first_time_it_is_simply_written(self):
        shop = PretendShop({("POST", "orders/30/notes"): answer({"id": 34}, 201)})
        self.assertEqual(self.env["ecom.flow.send"]._told(self.call(1, shop)), "34")

    def test_after_an_answer_that_never_came_it_is_looked_for_first(self):
        there = {"id": 34, "note": "It comes a day later.", "customer_note": True}
        shop = PretendShop({("GET", "orders/30/notes"): answer([there])})
        self.assertEqual(self.env["ecom.flow.send"]._told(self.call(2, shop)), "34")

    def test_one_that_did_not_arrive_is_written_then(self):
        shop = PretendShop(
            {("GET", "orders/30/notes"): answer([]), ("POST", "orders/30/notes"): answer({"id": 35}, 201)}
        )
        self.assertEqual(self.env["ecom.flow.send"]._told(self.call(2, shop)), "35")
