"""The engine: who is served when, what a failure costs, and that it stays with the channel that failed."""

from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase

from ..flow.run import LEASE_SECONDS
from .inbound_case import InboundCase


class TestRun(InboundCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ecom.channel"].search([]).mode = "off"

    def setUp(self):
        super().setUp()
        self.engine = self.env["ecom.flow.run"]
        self.channel = self.make_channel()
        self.shop = self.make_shop(self.channel)

    # ------------------------------------------------------------------- help
    def cursor(self, topic, channel=None):
        channel = channel or self.channel
        return channel.cursor_ids.filtered(lambda cursor: cursor.topic == topic)

    def only(self, *topics):
        """Nothing else than these topics is ever due."""
        later = fields.Datetime.now() + timedelta(days=1)
        self.env["ecom.channel.cursor"].search([("topic", "not in", topics)]).next_try = later

    def claim(self):
        """(channel, topic) of what the engine would do next; its lease stays."""
        with self.enter_registry_test_mode():
            task = self.engine._claim()
        return task and (self.env["ecom.channel"].browse(task.channel_id), task.topic)

    def work(self):
        """One pass that ends when nothing is due."""
        with self.enter_registry_test_mode():
            left = self.engine._pass(30)
        self.env.invalidate_all()
        return left

    def wait_in(self, channel, count):
        items = [{"event_key": f"orders:{n}:1", "external_id": str(n), "version": "1"} for n in range(count)]
        self.env["ecom.flow.receive"]._store(channel, items)

    def test_notices_of_stock_overtake_the_orders_that_came_before_them(self):
        """That units were sold is known before the orders that say to whom."""
        self.only("inbox")
        self.wait_in(self.channel, 3)
        notice = {"event_key": "delivery:notice", "external_id": "9", "hint": True}
        self.env["ecom.flow.receive"]._store(self.channel, [notice], topic="stock")
        batches, work_in = [], type(self.env["ecom.flow.work"])._work_in

        def noted(flow, task, ids):
            batches.append(set(flow.env["ecom.message"].browse(ids).mapped("topic")))
            return work_in(flow, task, ids)

        self.patch(type(self.env["ecom.flow.work"]), "_work_in", noted)
        self.work()
        self.assertEqual(batches[:2], [{"stock"}, {"orders"}])

    # ------------------------------------------------------------------ claims
    def test_a_leased_topic_is_nobody_elses_until_the_lease_ends(self):
        self.only("orders")
        self.assertEqual(self.claim(), (self.channel, "orders"))
        self.assertIsNone(self.claim())
        past = fields.Datetime.now() - timedelta(seconds=1)
        self.cursor("orders").leased_until = past
        self.assertEqual(self.claim(), (self.channel, "orders"))
        left = self.cursor("orders").leased_until - fields.Datetime.now()
        self.assertAlmostEqual(left.total_seconds(), LEASE_SECONDS, delta=5)

    def test_a_channel_that_is_off_does_nothing_and_one_in_test_mode_writes_nothing_outside(self):
        self.channel.mode = "off"
        self.assertIsNone(self.claim())
        self.channel.mode = "test"
        self.only("outbox", "stock")
        self.env["ecom.message"].create(
            {"channel_id": self.channel.id, "direction": "out", "topic": "shipments", "event_key": "a"}
        )
        self.assertIsNone(self.claim())
        self.channel.mode = "live"
        self.assertEqual(self.claim(), (self.channel, "outbox"))

    def test_what_ran_longest_ago_comes_first_after_its_weight(self):
        self.only("inbox", "outbox")
        self.wait_in(self.channel, 1)
        self.env["ecom.message"].create(
            {"channel_id": self.channel.id, "direction": "out", "topic": "shipments", "event_key": "a"}
        )
        now = fields.Datetime.now()
        self.cursor("inbox").last_run = self.cursor("outbox").last_run = now
        self.assertEqual(self.claim(), (self.channel, "outbox"), "parcels overtake orders")
        self.cursor("outbox").write({"leased_until": False, "last_run": now})
        self.cursor("inbox").last_run = now - timedelta(seconds=5)
        self.assertEqual(self.claim(), (self.channel, "inbox"), "but nothing starves")

    def test_ten_thousand_waiting_messages_do_not_starve_another_channel(self):
        other = self.make_channel(name="Small shop")
        self.wait_in(self.channel, 10_000)
        self.wait_in(other, 1)
        self.only("inbox")
        turns = []
        for _turn in range(2):
            channel, _topic = self.claim()
            turns.append(channel)
            self.cursor("inbox", channel).leased_until = False
        self.assertEqual(set(turns), {self.channel, other})

    # ---------------------------------------------------------------- failures
    def test_a_refused_key_pauses_the_whole_channel_and_says_so_once(self):
        self.channel._set_credentials({"api_key": "wrong"})
        self.work()
        self.assertEqual(set(self.channel.cursor_ids.mapped("paused")), {True})
        exceptions = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(exceptions.mapped("category"), ["connection"])
        self.assertIn("API key", exceptions.detail)
        self.assertIsNone(self.claim())

    def test_a_resumed_channel_goes_on_where_it_was(self):
        self.channel._set_credentials({"api_key": "wrong"})
        self.work()
        self.place_order()
        self.channel._set_credentials({"api_key": "demo-key"})
        self.channel.action_resume()
        self.only("orders")
        self.work()
        self.assertEqual(len(self.messages(("topic", "=", "orders"))), 1)

    def test_a_throttled_channel_is_asked_again_when_it_said(self):
        self.only("orders")
        self.shop.misbehave("orders.list", "throttled", seconds=77)
        self.work()
        cursor = self.cursor("orders")
        self.assertAlmostEqual((cursor.next_try - fields.Datetime.now()).total_seconds(), 77, delta=10)
        self.assertEqual(cursor.failures, 1)
        self.assertFalse(cursor.paused)

    def test_each_failure_in_a_row_waits_longer_and_a_success_forgets_them(self):
        self.only("orders")
        self.shop.misbehave("orders.list", "down", times=2)
        waits = []
        for _turn in range(2):
            self.cursor("orders").next_try = fields.Datetime.now()
            self.work()
            waits.append((self.cursor("orders").next_try - fields.Datetime.now()).total_seconds())
        self.assertLess(waits[0], 10)
        self.assertGreater(waits[1], 10)
        self.assertEqual(self.cursor("orders").failures, 2)
        self.assertTrue(self.cursor("orders").problem)
        self.cursor("orders").next_try = fields.Datetime.now()
        self.work()
        self.assertEqual(self.cursor("orders").failures, 0)
        self.assertFalse(self.cursor("orders").problem)

    def test_nonsense_from_one_channel_leaves_the_others_working(self):
        other = self.make_channel(name="Sane shop")
        shop = self.make_shop(other)
        shop.place_order([(shop.items()[0].id, 1)])
        for fault in ("not_json", "wrong_shape", "empty"):
            self.shop.misbehave("orders.list", fault, times=1)
        self.only("orders")
        self.work()
        self.assertEqual(self.cursor("orders").failures, 1)
        self.assertTrue(self.cursor("orders", other).last_success)
        self.assertEqual(self.env["ecom.message"].search_count([("channel_id", "=", other.id)]), 1)

    # ------------------------------------------------------------ odoo's own
    def test_a_pass_that_fails_altogether_is_no_failure_of_the_scheduled_action(self):
        """Odoo switches off an action that fails for long; ours must not count as failing, whatever happens."""
        for fault in ("down", "not_json", "hang"):
            self.shop.misbehave("orders.list", fault, times=3, seconds=0.01)
        with self.enter_registry_test_mode():
            for _turn in range(3):
                self.env["ecom.channel.cursor"].search([]).next_try = fields.Datetime.now()
                self.engine._cron_work()
        crons = self.env.ref("ecom_connector.ir_cron_work_1") | self.env.ref("ecom_connector.ir_cron_work_2")
        self.assertEqual(crons.mapped("active"), [True, True])

    def test_a_transaction_wakes_the_workers_once_and_only_when_it_is_committed(self):
        triggers = self.env["ir.cron.trigger"]
        crons = self.env.ref("ecom_connector.ir_cron_work_1") | self.env.ref("ecom_connector.ir_cron_work_2")
        triggers.search([("cron_id", "in", crons.ids)]).unlink()
        self.env.cr.postcommit.clear()
        for _turn in range(5):
            self.engine._wake()
        self.assertEqual(triggers.search_count([("cron_id", "in", crons.ids)]), 0)
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.assertEqual(triggers.search_count([("cron_id", "in", crons.ids)]), 2)
