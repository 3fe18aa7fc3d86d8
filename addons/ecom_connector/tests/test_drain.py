"""What a vendor's queue holds is filed like a webhook: a hint, once, and also when nobody can read it."""

from odoo.tests import tagged

from ..channels.records import Event, Waiting
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestDrain(ChannelCase):
    def tell(self, *waiting):
        known = self.messages()
        self.env["ecom.flow.drain"]._store(self.channel, waiting)
        return self.messages() - known

    def messages(self):
        return self.env["ecom.message"].search([("channel_id", "=", self.channel.id)])

    def test_a_notification_is_a_hint_and_stored_once(self):
        event = Event(topic="orders", external_id="7", delivery_id="n1")
        one = Waiting(receipt="r1", body=b"{}", event=event)
        message = self.tell(one, Waiting(receipt="r2", body=b"{}", event=event))
        self.assertEqual((message.topic, message.external_id, message.hint), ("orders", "7", True))
        self.assertFalse(self.tell(one))

    def test_other_words_and_nonsense_are_kept_too(self):
        other = Waiting(receipt="r1", body=b"{}", event=Event(topic="weather", delivery_id="n1"))
        stored = self.tell(other, Waiting(receipt="r2", body=b"\x00"), Waiting(receipt="r3", body=b"\x00"))
        self.assertEqual(sorted(stored.mapped("topic")), ["orders", "other"])
        self.assertEqual(stored.filtered(lambda m: m.topic == "orders").event_key.partition(":")[0], "unreadable")

    def test_only_a_channel_with_a_queue_is_asked(self):
        amazon = self.env["ecom.channel"].create({"name": "Amazon", "code": "amazon"})
        due = {
            channel.code: bool(channel.sudo().cursor_ids.filtered(lambda cursor: cursor.topic == "queue").next_try)
            for channel in (amazon, self.channel)
        }
        self.assertEqual(due, {"amazon": True, self.channel.code: False})
