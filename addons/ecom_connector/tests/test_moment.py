"""States of an order that the channel stamped with one and the same moment."""

from odoo.tests import tagged

from ..flow.normalise import Reading
from .common import ChannelCase, later


@tagged("post_install", "-at_install")
class TestMoment(ChannelCase):
    def setUp(self):
        super().setUp()
        first = self.order(version="09:00~b", payment="authorized")
        self.sale = self.feed(first).order_id
        self.paid = later(first, "09:00~a", payment="paid")

    def settle(self, *orders, asked=False):
        messages = self.messages(*orders)
        readings = [
            Reading(message_id=m.id, external_id=o.external_id, version=o.version, order=o, asked=asked)
            for m, o in zip(messages, orders, strict=True)
        ]
        self.env["ecom.flow.place"]._settle(self.channel, readings)
        return messages

    def test_another_state_of_the_same_moment_is_asked_for_before_anything_is_believed(self):
        message = self.settle(self.paid)
        self.assertEqual((message.state, message.hint), ("waiting", True))
        self.assertFalse(message.leased_until)
        self.assertEqual(self.sale.ecom_version, "09:00~b")

    def test_the_hint_of_the_same_moment_is_followed_though_it_sorts_lower(self):
        hint = self.settle(self.paid)
        self.assertFalse(self.env["ecom.flow.follow"]._known(self.channel, hint))

    def test_what_the_channel_says_when_asked_is_taken_whatever_the_sorting(self):
        message = self.settle(self.paid, asked=True)
        self.assertEqual((message.state, message.order_id), ("done", self.sale))

    def test_the_state_that_is_here_already_is_not_asked_for_again(self):
        message = self.settle(later(self.paid, "09:00~b"))
        self.assertEqual((message.state, message.hint), ("done", False))
        again = self.messages(later(self.paid, "09:00~b"))
        self.assertEqual(self.env["ecom.flow.follow"]._known(self.channel, again), again)

    def test_an_older_moment_is_superseded_even_where_the_channel_said_it_when_asked(self):
        message = self.settle(later(self.paid, "08:59~z"), asked=True)
        self.assertEqual((message.state, message.order_id), ("superseded", self.sale))

    def test_of_two_in_one_batch_the_one_that_was_asked_for_wins(self):
        order = self.order(version="09:00~b")
        messages = self.messages(order, order)
        states = (later(order, "09:00~a", note="asked"), order)
        readings = [
            Reading(message_id=m.id, external_id=o.external_id, version=o.version, order=o, asked=o.note == "asked")
            for m, o in zip(messages, states, strict=True)
        ]
        self.env["ecom.flow.place"]._settle(self.channel, readings)
        self.assertEqual(messages.mapped("state"), ["done", "superseded"])
        self.assertEqual(messages[0].order_id.ecom_version, "09:00~a")
