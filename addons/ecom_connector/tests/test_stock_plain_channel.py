"""A channel without compare-and-set, without keys, whose orders show up only a minute after the sale."""

from datetime import timedelta

from odoo.addons.ecom_connector.channels import CHANNELS, register
from odoo.addons.ecom_connector.flow.clock import now
from odoo.tests import tagged

from .stock_case import PLAIN, ShopCase


@tagged("post_install", "-at_install")
class TestPlainChannel(ShopCase):
    platform = "plain"

    @classmethod
    def setUpClass(cls):
        # As a third party's add-on registers its channel, for as long as these tests run.
        register(PLAIN)
        cls.addClassCleanup(CHANNELS.pop, PLAIN.code)
        super().setUpClass()

    def _wait(self, **passed):
        """So much time goes by."""
        for name in ("counted_from", "sent_at", "published_at", "in_flight_at", "next_try"):
            if self.level[name]:
                self.level[name] -= timedelta(**passed)

    def _kinds(self):
        """The calls until nothing is left to do, and what the shop shows then."""
        self._decide()
        kinds = []
        while step := self._step():
            kinds.append(step[0].kind)
        self.env.invalidate_all()
        return kinds, self.shop.stock(self.item)

    def test_what_it_shows_is_read_before_each_write(self):
        self._show(10)
        self._wait(minutes=1)
        self._put(-2)
        self.assertEqual(self._kinds(), (["read", "push"], 8))
        self.assertEqual([entry.detail.get("expected") for entry in self.shop.journal("stock")], [None, None])

    def test_a_zero_is_written_at_once(self):
        self._show(10)
        self._wait(minutes=1)
        self._put(-10)
        self.assertEqual(self._kinds(), (["push"], 0))

    def test_a_reading_serves_for_one_write_only(self):
        self._show(10)
        self._put(-2)
        self.assertEqual(self._kinds(), (["read", "push"], 8))
        self._put(-2)
        self.assertEqual(self._kinds(), (["read", "push"], 6))

    def test_a_channel_that_answers_slowly_is_not_read_for_ever(self):
        self._show(10)
        self._put(-2)
        self._decide()
        batch, _answer = self._step()
        self.assertEqual(batch.kind, "read")
        self.level.counted_from -= timedelta(seconds=9)
        self.assertEqual(self._step()[0].kind, "push")

    def test_a_sale_seen_by_reading_is_not_overwritten(self):
        self._show(10)
        self._sell(3)
        self._wait(minutes=1)
        self._put(-2)
        self.assertEqual(self._kinds(), (["read", "push"], 5))
        self.assertEqual(self.level.in_flight, 3)

    def test_what_was_sold_there_and_imported_needs_no_call(self):
        self._show(10)
        self._wait(minutes=1)
        self._import(self._sell(3))
        self.assertEqual(self._kinds(), ([], 7))
        self.assertEqual(self.level.published_sequence, self.level.sequence)

    def test_a_sale_between_a_reading_and_a_slow_write_shows_with_its_order(self):
        """The write put it up for sale again; the channel cannot say so, but is asked before that is believed."""
        self._show(10)
        self._put(-1)
        self._decide()
        self.assertEqual(self._step()[0].kind, "read")
        self._new_transaction()
        batch = self.env["ecom.flow.publish"]._intend(self.channel)
        self.level.sent_at -= timedelta(seconds=8)
        paper = self._sell(3, ago=timedelta(seconds=4))
        self.env["ecom.flow.publish"]._settle(self.channel, batch, self.env["ecom.flow.publish"]._call(batch))
        self.assertEqual(self.shop.stock(self.item), 9)
        self._import(paper)
        self.assertEqual(self._kinds(), (["read", "push"], 6))

    def test_missing_units_are_given_up_only_after_the_delay_of_the_orders(self):
        self._show(10)
        self._sell(3)
        self._wait(minutes=1)
        self._put(5)
        self.assertEqual(self._kinds(), (["read"], 7))
        self._read_orders()
        self.assertEqual(self._kinds()[1], 12, "an increase, but for the units that are missing")
        self.assertEqual(self.level.held_back, "in_flight")
        self._read_orders()
        self.assertEqual(self._kinds()[1], 12, "the order may not be seen yet")
        self._wait(seconds=70)
        self._read_orders()
        self.assertEqual(self._kinds()[1], 15)
        self.assertTrue(self.env["ecom.exception"].search([("listing_id", "=", self.listing.id)]))

    def test_orders_asked_for_within_its_delay_let_an_increase_pass(self):
        self._show(10)
        self._wait(minutes=5)
        self._read_orders(seconds=50)
        self._put(5)
        self.assertEqual(self._kinds()[1], 15)
        self._wait(minutes=5)
        self._read_orders(seconds=70)
        self._put(5)
        self.assertEqual(self._kinds()[1], 15)
        self.assertEqual(self.level.held_back, "orders")
        self.assertLessEqual(self.orders_cursor.next_try, now())
