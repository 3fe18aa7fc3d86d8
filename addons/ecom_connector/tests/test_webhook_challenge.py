import hashlib
import json

from odoo.tests import HttpCase, tagged

from ..channels.ebay.webhook import verification_token
from .inbound_case import InboundCase


@tagged("post_install", "-at_install")
class TestWebhookChallenge(InboundCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.channel = self.make_channel(code="ebay")
        self.channel._set_credentials({"client_id": "App-PRD-1", "client_secret": "cert", "refresh_token": "r"})

    def ask(self, channel, query="?challenge_code=abc"):
        url = f"{self.base_url()}/ecom/webhook/{channel.webhook_key}{query}"
        return self.opener.get(url, timeout=20)

    def test_a_vendor_that_asks_whether_the_address_is_ours_is_answered(self):
        answer = self.ask(self.channel)
        told = f"abc{verification_token('App-PRD-1' + chr(10) + 'cert')}{self.channel.webhook_url}"
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(json.loads(answer.content), {"challengeResponse": hashlib.sha256(told.encode()).hexdigest()})
        self.assertTrue(answer.headers["Content-Type"].startswith("application/json"))

    def test_to_anybody_else_there_is_nothing(self):
        self.assertEqual(self.ask(self.channel, "").status_code, 404)
        self.assertEqual(self.ask(self.make_channel(name="Demo")).status_code, 405)
        self.channel.mode = "off"
        self.assertEqual(self.ask(self.channel).status_code, 404)
