"""What a channel may say of itself: the vendor's own secret, the end of its interface, what the law asks for."""

from base64 import b64encode
from datetime import date, timedelta
from io import BytesIO
from unittest.mock import patch

from PIL import Image

from odoo import fields
from odoo.tests import tagged

from ..channels import CHANNELS
from ..channels.errors import Gone
from ..channels.records import Raw
from ..channels.shopify import media
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestShopifyChannel(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://erp.example")
        cls.shop = cls.make_channel(code="shopify", name="Shopify", mode="live")
        cls.shop._set_credentials({"url": "my-shop", "client_id": "id", "client_secret": "new"})

    def message(self, topic, external_id, **values):
        return self.env["ecom.message"].create(
            {
                "channel_id": self.shop.id,
                "direction": "in",
                "topic": topic,
                "external_id": external_id,
                "event_key": f"delivery:{topic}:{external_id}",
                "hint": True,
                **values,
            }
        )

    def told(self, key):
        return self.env["ecom.exception"].search([("channel_id", "=", self.shop.id), ("dedupe_key", "=", key)])

    def test_the_secret_is_the_vendors_and_the_one_before_holds_while_it_is_rotated(self):
        question = self.env["ecom.flow.listen"]._question(self.shop)
        self.assertEqual((question.secret, self.shop._webhook_secret()), ("new", "new"))
        self.assertNotIn("webhook_secret", self.shop._credentials())
        self.shop._set_credentials({"old_client_secret": "old"})
        self.assertEqual(self.shop._webhook_secret(), "new\nold")

    def test_what_was_entered_is_noted_by_its_label_and_what_shopify_handed_out_is_not(self):
        said = self.shop.message_ids.mapped("body")
        self.assertIn("Credentials entered: Shop address, Client ID, Client secret", said[0])
        self.shop._set_credentials({"fetched_token": "shpat_1", "fetched_until": "1"})
        self.assertEqual(self.shop.message_ids.mapped("body"), said)

    def test_the_picture_of_a_product_goes_with_it(self):
        content = BytesIO()
        Image.new("RGB", (2, 2)).save(content, "PNG")
        self.assertIsNone(self.env["ecom.flow.send"]._prepare_item(self.shop, self.cup).image)
        self.cup.image_1920 = b64encode(content.getvalue())
        told = self.env["ecom.flow.send"]._prepare_item(self.shop, self.cup).image
        self.assertEqual(media.kind(told), ("image/png", "png"))

    def test_an_order_says_where_it_leaves_from_by_the_name_of_the_place(self):
        order = self.env["sale.order"].create(
            {"partner_id": self.company.partner_id.id, "ecom_channel_id": self.shop.id}
        )
        order.ecom_location = "7001"
        self.assertEqual(order.ecom_location_name, "7001")
        self.env["ecom.location.map"].create({"channel_id": self.shop.id, "code": "7001", "name": "Main street"})
        order.invalidate_recordset(["ecom_location_name"])
        self.assertEqual(order.ecom_location_name, "Main street")

    def test_somebody_hears_in_time_that_the_interface_ends(self):
        ends_on = CHANNELS["shopify"].ends_on
        watch = self.env["ecom.flow.watch"]
        for days, open_ones in ((61, 0), (59, 1), (-5, 1)):
            with patch.object(fields.Date, "today", return_value=ends_on - timedelta(days=days)):
                watch._watch_version(self.shop)
            self.assertEqual(len(self.told(f"interface:{ends_on}").filtered(lambda e: e.state == "open")), open_ones)
        self.assertGreater(ends_on, date(2027, 1, 1))

    def test_who_asks_to_be_erased_loses_the_raw_contents_and_a_person_hears_of_it(self):
        buyer = self.env["res.partner"].create({"name": "Ada"})
        other = self.env["res.partner"].create({"name": "Bob"})
        self.env["ecom.buyer"].create({"channel_id": self.shop.id, "external_id": "77", "partner_id": buyer.id})
        for number, partner in (("1", buyer), ("2", other)):
            self.env["sale.order"].create(
                {"partner_id": partner.id, "ecom_channel_id": self.shop.id, "ecom_external_id": number}
            )
            self.env["ecom.payload"].create(
                {"message_id": self.message("orders", number, state="done").id, "body": b"e30="}
            )
        asked = self.message("privacy", "erasure:77")
        self.assertEqual(self.env["ecom.flow.normalise"]._read(self.shop, asked), [])
        kept = self.env["ecom.payload"].search([("message_id.channel_id", "=", self.shop.id)])
        self.assertEqual(kept.message_id.mapped("external_id"), ["2"])
        trouble = self.told("privacy:erasure:77")
        self.assertIn("Ada", trouble.name)
        self.assertEqual((trouble.state, asked.state), ("open", "done"))

    def test_an_unknown_buyer_who_asks_erases_nobody_elses(self):
        self.env["ecom.payload"].create({"message_id": self.message("orders", "1", state="done").id, "body": b"e30="})
        self.env["ecom.flow.normalise"]._read(self.shop, self.message("privacy", "erasure:404"))
        self.assertEqual(self.env["ecom.payload"].search_count([("message_id.channel_id", "=", self.shop.id)]), 1)
        self.env["ecom.flow.normalise"]._read(self.shop, self.message("privacy", "closing:"))
        self.assertFalse(self.env["ecom.payload"].search_count([("message_id.channel_id", "=", self.shop.id)]))

    def test_hints_are_followed_several_at_a_time_and_each_gets_its_own_answer(self):
        hints = self.env["ecom.message"].union(*(self.message("orders", str(number)) for number in range(1, 9)))
        calls = []

        def several(client, external_ids):
            calls.append(external_ids)
            return {
                number: Gone("gone") if number == "3" else Raw(external_id=number, version="v", body=b"{}")
                for number in external_ids
            }

        orders = CHANNELS["shopify"].noun("orders")
        with patch.object(orders, "fetch_several", several):
            answers, problem = self.env["ecom.flow.follow"]._ask(self.shop, hints)
        self.assertEqual([len(call) for call in calls], [6, 2])
        self.assertIsNone(problem)
        self.assertIsInstance(answers[hints[2]], Gone)
        self.assertEqual(answers[hints[7]].external_id, "8")

    def test_a_notice_of_stock_names_the_item_that_stock_is_told_by(self):
        listing = self.env["ecom.listing"].create(
            {"channel_id": self.shop.id, "name": "Shirt", "external_id": "5", "external_stock_id": "9"}
        )
        level = self.env["ecom.stock.level"].create({"channel_id": self.shop.id, "listing_id": listing.id})
        found = self.env["ecom.flow.normalise"]._levels_told_of(self.shop, self.message("stock", "9"))
        self.assertEqual(found, level)
