"""Rare things between a decision and what the shop shows: each must end with the right figure, and stop nobody."""

from datetime import timedelta

from odoo.tests import tagged

from .stock_case import ShopCase


@tagged("post_install", "-at_install")
class TestPushEdges(ShopCase):
    def _insist(self):
        """As if all pauses were over, a few times. Returns what the shop shows."""
        for _turn in range(4):
            self.level.next_try = False
            self._read_orders()
            shown = self._publish()
        return shown

    def test_an_idempotency_key_that_was_used_for_another_figure_is_not_used_again(self):
        self._show(10)
        self._put(-1)
        self._decide()
        key = f"{self.level.id}:{self.level.sequence}"
        self.shop.set_stock([{"variant_id": self.item, "quantity": 10, "key": key}])
        self._publish()
        self.assertIn("key was used before", self.level.problem)
        self.assertEqual(self._insist(), 9)
        self.assertFalse(self.level.problem)

    def test_a_channel_whose_clock_is_wrong_ends_with_the_right_figure(self):
        for skew in (timedelta(minutes=-10), timedelta(minutes=10)):
            with self.subTest(skew=skew):
                self._put(10)
                before = self._insist()
                paper = self._sell(2, ago=skew)
                self._import(paper)
                self.assertEqual(self._insist(), before - 2)
                self.assertEqual(self.level.in_flight, 0)

    def test_a_burst_of_ten_thousand_changes_is_decided_once(self):
        self._show(10)
        sequence = self.level.sequence
        self._put(-1)
        self.env.cr.flush()
        self.env.cr.execute(
            """INSERT INTO ecom_stock_change (product_id, changed_at)
               SELECT %s, now() AT TIME ZONE 'UTC' FROM generate_series(1, 10000)""",
            [self.product.id],
        )
        self.assertEqual(self._decide(), 9)
        self.assertEqual(self.level.sequence, sequence + 1)
        self.assertFalse(self._changes())
        self.assertEqual(self._publish(), 9)
        self.assertEqual(len(self._writes("applied")), 2)

    def test_a_listing_deleted_while_its_call_is_out_is_settled_without_it(self):
        self._show(10)
        second = self._list(self.other, self.second_item).level_ids
        self._put(-1)
        self._put(5, self.other)
        self._decide()
        publish = self.env["ecom.flow.publish"]
        batch = publish._intend(self.channel)
        answer = publish._call(batch)
        self.listing.unlink()
        publish._settle(self.channel, batch, answer)
        self.assertFalse(self.level.exists())
        self.level = second
        self.assertEqual(self._publish() and self.shop.stock(self.second_item), 5)

    def test_a_channel_paused_while_its_call_is_out_is_asked_again_when_it_goes_on(self):
        self._show(10)
        self._put(-1)
        self._decide()
        publish = self.env["ecom.flow.publish"]
        batch = publish._intend(self.channel)
        self.channel.mode = "off"
        publish._settle(self.channel, batch, publish._call(batch))
        self.channel.mode = "live"
        self._put(-1)
        self.assertEqual(self._insist(), 8)
