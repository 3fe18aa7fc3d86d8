"""Demand and delays are measured from what happened."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ecom_connector.tests.stock_case import StockCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLearn(StockCase):
    def _sold(self, quantity, days=1, channel=None, late=30.0):
        """An order of so many days ago that was here `late` seconds after it was placed."""
        order = self._order(quantity)
        order.ecom_channel_id = channel
        order.action_confirm()
        placed = fields.Datetime.now() - timedelta(days=days)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET date_order = %s, ecom_placed_at = %s, create_date = %s WHERE id = %s",
            (placed, placed if channel else None, placed + timedelta(seconds=late), order.id),
        )
        self.env.invalidate_all()
        return order

    def _demand(self):
        self.env["ecom.flow.learn"]._learn_demand()
        return {
            row.channel_id.name or "": row
            for row in self.env["ecom.demand"].search([("product_id", "=", self.product.id)])
        }

    def test_what_channels_and_others_sold_becomes_their_demand(self):
        for day in range(1, 21):
            self._sold(3, day, self.channel)
            self._sold(1, day)
        found = self._demand()
        self.assertEqual((found["Shop"].sold, found[""].sold), (60, 20))
        self.assertAlmostEqual(found["Shop"].share, 0.75, 6)
        # 80 units in four weeks and the hours of today.
        self.assertAlmostEqual(sum(row.rate for row in found.values()) * 28 * 24, 80, delta=6)
        profile = self.env["ecom.demand.profile"].search([("warehouse_id", "=", self.warehouse.id)])
        self.assertEqual((profile.orders, len(profile.day)), (40, 24))

    def test_what_is_older_than_four_weeks_and_what_was_cancelled_teaches_nothing(self):
        self._sold(50, 40, self.channel)
        self._sold(50, 2, self.channel)._action_cancel()
        self.assertFalse(self._demand())

    def test_learning_again_replaces_what_was_learnt(self):
        self._sold(5, 2, self.channel)
        self._demand()
        self._sold(5, 2, self.channel)
        self.assertEqual(self._demand()["Shop"].sold, 10)

    def test_a_dozen_is_twelve_units(self):
        order = self._sold(1, 2, self.channel)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self._demand()["Shop"].sold, 12)

    def test_the_delay_of_a_channel_is_what_95_of_100_sales_take(self):
        for number in range(1, 41):
            self._sold(1, 2, self.channel, late=float(number))
        self._sold(1, 5, self.channel, late=86400.0 * 4)  # a backlog, read in at the start
        self.env["ecom.flow.learn"]._learn_delays()
        delay = self.channel.delay_ids
        self.assertEqual(delay.import_count, 40)
        self.assertAlmostEqual(delay.import_seconds, 38.05, 2)
        self.assertEqual(self.channel._delays()[self.channel.id][0], delay.import_seconds)

    def test_before_enough_was_measured_a_sale_is_known_with_the_next_poll(self):
        self._sold(1, 2, self.channel, late=1.0)
        self.env["ecom.flow.learn"]._learn_delays()
        limits = self.channel._adapter().limits
        self.assertEqual(
            self.channel._delays()[self.channel.id], (limits.sale_to_import_seconds + limits.poll_seconds, 30.0)
        )

    def test_a_channel_that_fell_silent_is_as_late_as_it_is_silent(self):
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")
        cursor.fresh_at = fields.Datetime.now() - timedelta(hours=2)
        self.assertGreaterEqual(self.channel._delays()[self.channel.id][0], 7199)

    def test_both_are_part_of_the_daily_housekeeping(self):
        tasks = self.env["ecom.flow.housekeep"]._tasks()
        self.assertIn("_learn_demand", tasks)
        self.assertIn("_learn_delays", tasks)
