"""What tours on a Shopify share: the shop of the project's own tests, which executes what it is asked against the
official schema. Where an add-on is installed without them, or without the schema, these tours are skipped, loudly."""

import sys
import unittest
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from odoo import fields

from .tour_case import TourCase

PROJECT = Path(__file__).resolve().parents[3]


def sandbox():
    """The modules of the project's Shopify: (its server, what people do in it, its keys)."""
    if not (PROJECT / "tests" / "sandbox" / "shopify").is_dir():
        raise unittest.SkipTest("NOT TESTED: the Shopify of the project's own tests is not here.")
    if str(PROJECT) not in sys.path:
        sys.path.append(str(PROJECT))
    from tests.sandbox.shopify import people, schema, server, shop

    schema.versions()
    return server, people, shop


class ShopifyTourCase(TourCase):
    # The shop delivers its webhooks by itself.
    http_request_allow_all = True

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Odoo's own compares time-outs, and knows only those of one number."""
        return super()._request_handler(session, request, **{**options, "timeout": 20})

    def setUp(self):
        super().setUp()
        self.channel.mode = "off"
        server, self.people, self.keys = sandbox()
        self.server = self.enterContext(server.ShopifyServer())
        self.shop, self.desk = self.server.open("first")
        self.addCleanup(lambda: self.assertEqual(self.desk.complaints, []))
        self.front, self.back = self.shop.add_location("Front"), self.shop.add_location("Back")
        self.shop.add_market("Home", ["US"], "USD")
        self.shop.add_market("Canada", ["CA"], "CAD", "1.37")
        self.shop.add_variant("BLUE-SHIRT", "20.00", {self.front: 10, self.back: 5}, title="Blue shirt")
        self.shop.add_variant("WHITE-CUP", "7.90", {self.front: 8}, title="White cup")

    def make_shopify(self, **values):
        """A channel that is live, with its first location shown by the company's warehouse."""
        began = fields.Datetime.now() - timedelta(days=1)
        values = {"code": "shopify", "name": "Corner Shop", "mode": "live", "go_live": began, **values}
        channel = self.make_channel(create_taxes=True, **values)
        channel.check_policy_ids.filtered(lambda policy: policy.rule != "total").effect = "off"
        secret = {"client_id": self.keys.CLIENT_ID, "client_secret": self.keys.CLIENT_SECRET}
        channel._set_credentials({"url": self.shop.url, **secret})
        currencies = {one.name: one.id for one in self.env["res.currency"].with_context(active_test=False).search([])}
        for market in self.shop.markets:
            values = {"name": market["name"], "currency_id": currencies[market["currency"]]}
            self.env["ecom.channel.site"].create({"channel_id": channel.id, "external_id": str(market["id"]), **values})
        self.env["ecom.location.map"].create(
            {
                "channel_id": channel.id,
                "code": str(self.front),
                "name": "Front",
                "warehouse_id": channel.warehouse_id.id,
                "publish": True,
            }
        )
        return channel

    def work_until(self, is_so, turns=20):
        """Let the engine work till it is so."""
        for _turn in range(turns):
            self.work(5)
            with suppress(AttributeError, IndexError):
                if is_so():
                    return
            self.env["ecom.channel.cursor"].search([("paused", "=", False)]).next_try = fields.Datetime.now()
        cursors = self.env["ecom.channel.cursor"].search([("problem", "!=", False)])
        troubles = self.env["ecom.exception"].search([("state", "=", "open")])
        waiting = self.env["ecom.message"].search([("state", "!=", "done")])
        said = (cursors.mapped("problem"), troubles.mapped("name"), waiting.mapped("problem"))
        self.fail(f"The engine came to no end: {said}")
