"""Notices of the channel about stock: echoes of our own writes start nothing."""

from datetime import timedelta

from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import tagged

from .stock_case import ShopCase


@tagged("post_install", "-at_install")
class TestEcho(ShopCase):
    """The shop tells by webhook that the stock of an item changed."""

    def _hear(self, topic="stock", item=None, seconds_later=0):
        """A notice comes so long after our last write. Returns its message."""
        self._new_transaction()
        self.env.cr._now = self.level.sent_at + timedelta(seconds=seconds_later)
        item = item or self.item
        message = self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "in",
                "topic": topic,
                "external_id": item,
                "event_key": f"{topic}:{item}:{seconds_later}",
                "hint": True,
            }
        )
        self.assertEqual(self.env["ecom.flow.normalise"]._read(self.channel, message), [])
        self.assertEqual(message.state, "done")
        return message

    def test_the_echo_of_our_own_write_starts_nothing(self):
        self._show(10)
        for topic in ("stock", "products"):
            self._hear(topic, seconds_later=2)
            self.assertIsNone(self._step())

    def test_a_late_echo_is_asked_for_and_writes_nothing(self):
        self._show(10)
        writes = len(self._writes())
        self._hear(seconds_later=300)
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.assertIsNone(self._step())
        self.assertEqual(len(self._writes()), writes)
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def test_a_sale_is_known_before_its_order_is_imported(self):
        self._show(10)
        paper = self._sell(3)
        self._hear(seconds_later=300)
        self._publish()
        self.assertEqual((self.level.published, self.level.in_flight, self.level.held_back), (7, 3, "in_flight"))
        self._import(paper)
        self.assertEqual(self._publish(), 7)
        self.assertEqual((self.level.decided, self.level.published_sequence), (7, self.level.sequence))

    def test_a_figure_changed_by_hand_is_put_right_once(self):
        self._show(10)
        self.shop.set_stock([{"variant_id": self.item, "location_id": "", "quantity": 50, "expected": None, "key": ""}])
        self._hear(seconds_later=300)
        self.assertEqual(self._publish(), 10)
        self._hear(seconds_later=1)
        self.assertIsNone(self._step())

    def test_a_product_that_nobody_knows_has_the_catalogue_read(self):
        self._show(10)
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "products")
        cursor.next_try = later = now() + timedelta(hours=5)
        self._hear("products", seconds_later=2)
        self.assertEqual(cursor.next_try, later)
        self._hear("products", item="a new one")
        self.assertLess(cursor.next_try, later)
