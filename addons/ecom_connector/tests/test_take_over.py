"""What a worker held when it died goes on with the next run of its scheduled action."""

from datetime import timedelta

from odoo.addons.ecom_connector.flow.clock import now
from odoo.addons.ecom_connector.flow.run import Task
from odoo.tests import tagged

from .stock_case import ShopCase


@tagged("post_install", "-at_install")
class TestTakeOver(ShopCase):
    def setUp(self):
        super().setUp()
        self.first, self.second = 4711, 471

    def _as(self, cron_id):
        return self.env["ecom.flow.run"].with_context(cron_id=cron_id)

    def _claim(self, cron_id, topic):
        """The topic is leased to a run of that scheduled action, which dies then. Returns its cursor."""
        self.env["ecom.channel.cursor"].search([]).next_try = now() + timedelta(days=1)
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == topic)
        cursor.next_try = now()
        with self.enter_registry_test_mode():
            task = self._as(cron_id)._claim()
        self.assertEqual((task.channel_id, task.topic), (self.channel.id, topic))
        return cursor

    def _take_over(self, cron_id):
        with self.enter_registry_test_mode():
            self._as(cron_id).env["ecom.flow.take_over"]._take_over()
        self.env.invalidate_all()

    def _message(self, direction, topic):
        values = {"channel_id": self.channel.id, "direction": direction, "topic": topic, "event_key": "m"}
        return self.env["ecom.message"].create({**values, "external_id": "1"})

    def _lease(self, message):
        task = Task(0, self.channel.id, self.channel.company_id.id, "", 0, 0.0)
        with self.enter_registry_test_mode():
            ids = self.env["ecom.flow.work"]._claim_messages(task, message.direction, 5)
        self.assertEqual(ids, message.ids)
        self.env.invalidate_all()

    def test_a_lease_is_free_when_its_scheduled_action_runs_again(self):
        cursor = self._claim(self.first, "orders")
        self._take_over(self.first)
        self.assertFalse(cursor.leased_until)

    def test_a_lease_of_another_worker_stays(self):
        for cron_id in (self.second, None):
            cursor = self._claim(cron_id, "orders")
            self._take_over(self.first)
            self.assertTrue(cursor.leased_until)
            self._take_over(None)
            self.assertTrue(cursor.leased_until)
            cursor.leased_until = False

    def test_what_came_in_is_worked_through_at_once(self):
        message = self._message("in", "orders")
        self._claim(self.first, "inbox")
        self._lease(message)
        self._take_over(self.second)
        self.assertGreater(message.leased_until, now())
        self._take_over(self.first)
        self.assertLessEqual(message.leased_until, now())

    def test_what_was_perhaps_told_is_asked_for_when_the_call_must_be_over(self):
        message = self._message("out", "shipments")
        self._claim(self.first, "outbox")
        self._lease(message)
        self._take_over(self.first)
        left = (message.leased_until - now()).total_seconds()
        self.assertTrue(5 < left <= 15, left)

    def test_stock_that_was_perhaps_told_is_asked_for_then_and_the_rest_at_once(self):
        self._show(10)
        self._put(-2)
        self._decide()
        self._new_transaction()
        self.env["ecom.flow.publish"]._intend(self.channel)
        self.env.flush_all()
        second = self._list(self.other, self.second_item).level_ids
        self._claim(self.first, "stock")
        self._take_over(self.first)
        self.assertEqual(self.level.next_try, self.level.sent_at + timedelta(seconds=15))
        self.assertGreater(self.level.look_again_at, self.level.next_try)
        self.assertFalse(second.next_try)

    def test_who_lost_his_lease_says_nothing_any_more(self):
        cursor = self._claim(self.first, "orders")
        late = Task(cursor.id, self.channel.id, self.channel.company_id.id, "orders", 0, 0.0, "cron 1 at elsewhere:1:1")
        with self.enter_registry_test_mode():
            self.env["ecom.flow.run"]._release(late, {"failures": 7})
        self.env.invalidate_all()
        self.assertTrue(cursor.leased_until)
        self.assertFalse(cursor.failures)
