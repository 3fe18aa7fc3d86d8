from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

from ..channels.errors import ChannelError
from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestNeutralize(InboundCase, TransactionCase):
    def neutralize(self):
        """What `odoo neutralize` runs for this add-on."""
        self.env.flush_all()
        with file_open("ecom_connector/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()

    def test_a_neutralized_copy_reaches_no_shop_and_no_shop_reaches_it(self):
        channel = self.make_channel()
        self.make_shop(channel)
        key = channel.webhook_key
        self.neutralize()
        self.assertEqual(channel.mode, "off")
        self.assertFalse(self.env["ecom.channel.credential"].search([]))
        self.assertNotEqual(channel.webhook_key, key)
        self.assertGreaterEqual(len(channel.webhook_key), 32)
        with self.assertRaises(ChannelError):
            channel._connect().check()

    def test_every_channel_gets_an_address_of_its_own(self):
        channels = self.make_channel(name="A") | self.make_channel(name="B")
        self.neutralize()
        self.assertEqual(len(set(channels.mapped("webhook_key"))), 2)

    def test_what_was_still_to_be_told_stays_untold(self):
        channel = self.make_channel()
        outgoing, incoming = self.env["ecom.message"].create(
            [
                {"channel_id": channel.id, "direction": direction, "topic": "shipments", "event_key": direction}
                for direction in ("out", "in")
            ]
        )
        self.neutralize()
        self.assertEqual((outgoing.state, incoming.state), ("ignored", "waiting"))
