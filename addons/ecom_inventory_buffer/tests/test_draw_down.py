"""A channel that is down or behind shows less on purpose, says so, and shows all again once it caught up."""

from datetime import timedelta

from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.tests.stock_case import ShopCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDrawDown(ShopCase):
    def setUp(self):
        super().setUp()
        self._show(12)

    def _late(self, minutes):
        self._read_orders(minutes=minutes)
        self.env["ecom.flow.draw.down"]._cron_look()

    def test_as_usual_nothing_changes_however_late(self):
        self._late(600)
        self.assertEqual(self._publish(), 12)
        self.assertFalse(self.level.drawn_from)

    def test_a_few_at_most_while_its_orders_are_late_and_all_again_after(self):
        self.channel.write({"behind_policy": "few", "behind_most": 2})
        self._late(29)
        self.assertEqual(self._publish(), 12)
        self._late(31)
        self.assertEqual(self._publish(), 2)
        self.assertIn("no more, because orders of this channel are late = 2", self.level.explanation)
        self._late(0)
        self.assertEqual(self._publish(), 12)
        self.assertFalse(self.level.drawn_from)

    def test_nothing_at_all_where_the_merchant_wants_to_be_safe(self):
        self.channel.behind_policy = "zero"
        self._late(31)
        self.assertEqual(self._publish(), 0)

    def test_orders_that_came_in_and_are_not_worked_through_are_late_too(self):
        self.channel.behind_policy = "zero"
        message = self.env["ecom.message"].create(
            {"channel_id": self.channel.id, "direction": "in", "topic": "orders", "event_key": "k", "external_id": "1"}
        )
        self.env.cr.execute(
            "UPDATE ecom_message SET create_date = %s WHERE id = %s", (now() - timedelta(hours=1), message.id)
        )
        self._late(0)
        self.assertEqual(self._publish(), 0)

    def test_a_channel_of_which_nothing_was_read_yet_is_new_not_late(self):
        self.channel.behind_policy = "zero"
        self.orders_cursor.fresh_at = False
        self.env["ecom.flow.draw.down"]._cron_look()
        self._decide()
        self.assertEqual(self.level.decided, 12)

    def test_another_channel_is_not_drawn_down_with_it(self):
        other = self._new_channel("Other")
        listing = self._new_listing(self.product, "O1", channel_id=other.id)
        (self.channel | other).behind_policy = "zero"
        other.cursor_ids.filtered(lambda cursor: cursor.topic == "orders").fresh_at = now()
        self._late(31)
        self._decide()
        self.assertEqual((self.level.decided, listing.level_ids.decided), (0, 12))

    def test_looking_twice_decides_once(self):
        self.channel.behind_policy = "zero"
        self._late(31)
        self._publish()
        self._forget()
        self.env["ecom.flow.draw.down"]._cron_look()
        self.assertFalse(self._changes())
