"""What falls due by itself within a minute wakes the workers; what is due, is far off, or may not run does not."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..flow import alarm
from ..flow.clock import now
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestAlarm(ChannelCase):
    def setUp(self):
        super().setUp()
        self.env["ecom.channel.cursor"].search([]).next_try = False
        self.env["ecom.message"].search([]).state = "done"
        self.env["ecom.stock.level"].search([]).next_try = False
        self.soon = fields.Datetime.now() + timedelta(seconds=20)

    def due(self):
        self.env.flush_all()
        return self.env["ecom.flow.alarm"]._next_due()

    def cursor(self, topic):
        return self.channel.sudo().cursor_ids.filtered(lambda cursor: cursor.topic == topic)

    def test_the_soonest_of_questions_and_messages_counts(self):
        self.assertIsNone(self.due())
        self.cursor("orders").next_try = self.soon + timedelta(seconds=10)
        self.assertEqual(self.due(), self.soon + timedelta(seconds=10))
        self.env["ecom.message"].create(
            {
                "channel_id": self.channel.id,
                "direction": "in",
                "topic": "orders",
                "event_key": "a",
                "next_try": self.soon,
            }
        )
        self.assertEqual(self.due(), self.soon)

    def test_what_is_due_already_far_off_or_on_hold_rings_no_alarm(self):
        for moment in (self.soon - timedelta(seconds=30), self.soon + timedelta(seconds=60)):
            self.cursor("orders").next_try = moment
            self.assertIsNone(self.due())
        self.cursor("orders").write({"next_try": self.soon, "paused": True})
        self.assertIsNone(self.due())
        self.cursor("orders").paused = False
        self.assertEqual(self.due(), self.soon)
        self.channel.mode = "off"
        self.assertIsNone(self.due())

    def test_a_process_has_one_alarm_the_earliest(self):
        registry, moment = self.env.registry, now() + timedelta(hours=1)
        self.addCleanup(lambda: alarm._alarms.pop(registry.db_name)[1].cancel())
        for earlier, expected in ((0, 0), (-5, 0), (5, 5), (2, 5)):
            alarm._set(registry, moment - timedelta(minutes=earlier))
            self.assertEqual(alarm._alarms[registry.db_name][0], moment - timedelta(minutes=expected))
