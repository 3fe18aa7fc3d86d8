"""Our webhooks on the channel are registered with a secret, looked after, and woken."""

from odoo.tests import tagged

from ..channels.records import Subscription
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestListen(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example")
        cls.channel = cls.make_woo_channel(mode="live")
        cls.listen = cls.env["ecom.flow.listen"]

    def store(self, *states):
        question = self.listen._question(self.channel)
        found = [Subscription(topic=f"topic.{number}", state=state) for number, state in enumerate(states)]
        self.listen._store(self.channel, question, found)

    def asleep(self):
        return self.env["ecom.exception"].search(
            [("channel_id", "=", self.channel.id), ("dedupe_key", "=", "webhooks_asleep")]
        )

    def test_a_secret_nobody_entered_is_made_up_and_given_once(self):
        question = self.listen._question(self.channel)
        self.assertEqual(question.url, self.channel.webhook_url)
        self.assertTrue(question.secret and question.renew)
        self.assertEqual(self.channel._webhook_secret(), question.secret)
        self.assertNotIn(question.secret, repr(question))
        self.store("made", "made")
        again = self.listen._question(self.channel)
        self.assertEqual((again.secret, again.renew), (question.secret, False))

    def test_a_secret_that_was_changed_here_is_given_anew(self):
        self.store("kept")
        self.channel._set_credentials({"webhook_secret": "another"})
        question = self.listen._question(self.channel)
        self.assertEqual((question.secret, question.renew), ("another", True))

    def test_deliveries_that_were_signed_otherwise_are_put_right(self):
        self.store("kept")
        self.channel._complain_of_signature()
        self.assertTrue(self.listen._question(self.channel).renew)
        self.store("renewed")
        self.assertFalse(self.listen._question(self.channel).renew)

    def test_webhooks_that_fell_asleep_are_told_of_and_the_orders_asked_for(self):
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")
        cursor.next_try = "2099-01-01 00:00:00"
        self.store("kept", "woken")
        self.assertIn("topic.1", self.asleep().detail)
        self.assertLess(str(cursor.next_try), "2099")
        self.store("kept", "kept")
        self.assertEqual(self.asleep().state, "solved")

    def test_an_address_that_means_this_very_machine_is_given_to_no_shop_elsewhere(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "http://localhost:8069")
        self.assertIsNone(self.listen._question(self.channel))
        self.channel._set_credentials({"url": "http://127.0.0.1:8080"})
        self.assertTrue(self.listen._question(self.channel))

    def test_nothing_is_registered_where_somebody_does_it_by_hand_or_the_platform_cannot(self):
        self.channel.arm_webhooks = False
        self.assertIsNone(self.listen._question(self.channel))
        self.assertIsNone(self.listen._question(self.make_channel()))

    def test_webhooks_are_looked_after_on_live_channels_only(self):
        self.env["ecom.channel"].search([("id", "!=", self.channel.id)]).mode = "off"
        self.channel.cursor_ids.filtered(lambda cursor: cursor.topic != "webhooks").paused = True
        due = {}
        for mode in ("test", "live"):
            self.channel.mode = mode
            self.env.flush_all()
            self.env.cr.execute(self.env["ecom.flow.run"]._claim_query())
            due[mode] = [row[3] for row in self.env.cr.fetchall()]
        self.assertEqual(due, {"test": [], "live": ["webhooks"]})
