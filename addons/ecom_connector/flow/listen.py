"""Webhooks of ours on the channel: registered, looked after, and woken when they have switched themselves off."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from odoo import fields, models
from odoo.tools import hmac

from ..channels.contract import WEBHOOK_SECRET

LOOK_EVERY = timedelta(hours=1)
LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    client: Any
    subscriptions: ModuleType
    url: str
    secret: str = field(repr=False)
    renew: bool = False


class EcomFlowListen(models.AbstractModel):
    _name = "ecom.flow.listen"
    _description = "E-commerce: listen"

    def _question(self, channel):
        """None where the platform registers no webhooks, or could not reach us: polling finds everything then."""
        noun = channel._adapter().noun("subscriptions")
        url = channel.sudo().webhook_url
        if noun is None or not url or not channel.arm_webhooks or self._is_out_of_reach(channel, url):
            return None
        secret = self._secret(channel)
        renew = self._cursor(channel).position != self._mark(secret) or self._is_doubted(channel)
        return Question(client=channel._connect(), subscriptions=noun, url=url, secret=secret, renew=renew)

    @staticmethod
    def _is_out_of_reach(channel, url):
        """A shop elsewhere cannot call an address that means "this very machine"."""
        theirs = urlsplit(channel._credentials().get("url") or "").hostname
        return urlsplit(url).hostname in LOOPBACK and theirs not in LOOPBACK

    def _secret(self, channel):
        """What deliveries are signed with. Without one it is made up: nobody needs to know it. Unless it is the vendor
        who makes it."""
        known = channel._webhook_secret()
        if not known and channel._adapter().signed_with == (WEBHOOK_SECRET,):
            known = secrets.token_urlsafe(32)
            channel._set_credentials({WEBHOOK_SECRET: known})
        return known

    def _mark(self, secret):
        """Tells whether the channel was given this secret, and does not tell the secret."""
        return hmac(self.env(su=True), "ecom-webhook-secret", secret)

    def _ask(self, question):
        """The outward call. Returns the Subscriptions."""
        return question.subscriptions.arm_subscriptions(question.client, question.url, question.secret, question.renew)

    def _store(self, channel, question, found):
        """A person hears of webhooks that had gone to sleep: something kept them from being delivered."""
        self._cursor(channel).position = self._mark(question.secret)
        woken = [subscription.topic for subscription in found if subscription.state == "woken"]
        if question.renew:
            self.env["ecom.exception"]._solve(channel, ["webhook_signature"], self.env._("The channel has our secret."))
        if not woken:
            self.env["ecom.exception"]._solve(channel, ["webhooks_asleep"], self.env._("They are delivered again."))
            return
        self.env["ecom.exception"]._open(
            channel,
            category="connection",
            severity="1",
            name=self.env._("%(channel)s had stopped telling us of changes", channel=channel.name),
            detail=self.env._(
                "Its webhooks switch themselves off when they are not answered several times in a row. They are on "
                "again, and what was missed is being asked for. If this happens often, check the webhook address on "
                "the channel (%(topics)s).",
                topics=", ".join(woken),
            ),
            dedupe_key="webhooks_asleep",
        )
        self._ask_for_orders(channel)

    def _ask_for_orders(self, channel):
        self._cursor(channel, "orders").next_try = fields.Datetime.now()

    def _is_doubted(self, channel):
        """Deliveries came that were signed with something else."""
        domain = [("channel_id", "=", channel.id), ("dedupe_key", "=", "webhook_signature"), ("state", "=", "open")]
        return bool(self.env["ecom.exception"].sudo().search_count(domain, limit=1))

    def _cursor(self, channel, topic="webhooks"):
        return channel._cursors(topic)
