from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestHousekeep(InboundCase, TransactionCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel(keep_payload_days=90, keep_message_days=365)
        self.housekeep = self.env["ecom.flow.housekeep"]

    def message(self, state, days, version="1"):
        """A message of that state that came, and was finished, so many days ago."""
        message = self.store(external_id=f"{state}-{days}", version=version, body=b'{"name": "Anna Huber"}')
        moment = fields.Datetime.now() - timedelta(days=days)
        message.write({"state": state, "done_at": moment if state not in ("waiting", "failed") else False})
        self.env.flush_all()
        self.env.cr.execute("UPDATE ecom_message SET create_date = %s WHERE id = %s", [moment, message.id])
        return message

    def tidy(self, limit=100):
        for task in self.housekeep._tasks():
            while getattr(self.housekeep, task)(limit):
                pass
        self.env.invalidate_all()

    def test_contents_end_after_their_days_and_the_message_stays(self):
        old, young, waiting = self.message("done", 91), self.message("done", 89), self.message("waiting", 400)
        failed = self.message("failed", 91)
        self.tidy()
        kept = {message: bool(message.sudo().payload_ids) for message in old | young | waiting | failed}
        self.assertEqual(kept, {old: False, young: True, waiting: True, failed: False})

    def test_finished_messages_end_after_their_days_and_unfinished_ones_do_not(self):
        states = ("done", "superseded", "ignored", "waiting", "failed")
        old = {state: self.message(state, 366) for state in states}
        young = self.message("done", 364)
        self.tidy()
        self.assertEqual([state for state in states if old[state].exists()], ["waiting", "failed"])
        self.assertTrue(young.exists())

    def test_nought_days_means_for_ever(self):
        self.channel.write({"keep_payload_days": 0, "keep_message_days": 0})
        message = self.message("done", 4000)
        self.tidy()
        self.assertTrue(message.sudo().payload_ids)

    def test_a_message_stays_as_long_as_the_decision_about_it(self):
        message = self.store(external_id="7", version="1", body=b"{}")
        message._fail("The tax is unknown.")
        message._ignore("Placed for a test")
        message.done_at = fields.Datetime.now() - timedelta(days=366)
        self.env.flush_all()
        self.tidy()
        self.assertTrue(message.exists())

    def test_each_channel_keeps_by_its_own_rule_and_in_batches(self):
        other = self.make_channel(name="Other Shop", keep_message_days=1000)
        for number in range(7):
            self.message("done", 400 + number)
        kept = self.store(channel=other, external_id="7", version="1", body=b"{}")
        kept.write({"state": "done", "done_at": fields.Datetime.now() - timedelta(days=400)})
        self.env.flush_all()
        self.assertTrue(self.housekeep._remove_messages(5))
        self.assertFalse(self.housekeep._remove_messages(5))
        self.assertFalse(self.messages())
        self.assertTrue(kept.exists())

    def test_an_order_that_comes_again_after_its_message_was_removed_is_not_placed_again(self):
        shop = self.make_shop(self.channel)
        order = shop.place_order([(shop.items()[0].id, 1)])
        version = f"{order['revision']:012d}"
        self.env["sale.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Buyer"}).id,
                "ecom_channel_id": self.channel.id,
                "ecom_external_id": order["id"],
                "ecom_version": version,
            }
        )
        again = self.store(event_key="delivery:9", external_id=order["id"], version=version, hint=True)
        self.assertFalse(self.reading())
        self.assertEqual(again.state, "superseded")
