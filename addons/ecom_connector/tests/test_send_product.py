"""A product of ours is put on a channel once, and becomes a listing of it."""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..flow.send import Answer
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestSendProduct(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_woo_channel(mode="live")
        cls.shirt.write({"barcode": "5901234123457", "list_price": 19.5})
        cls.send = cls.env["ecom.flow.send"]

    def wizard(self, products, **values):
        context = {"active_model": products._name, "active_ids": products.ids}
        return (
            self.env["ecom.list.product.wizard"]
            .with_context(**context)
            .create({"channel_id": self.channel.id, **values})
        )

    def asked(self):
        return self.env["ecom.message"].search([("channel_id", "=", self.channel.id), ("direction", "=", "out")])

    def test_a_product_is_made_with_name_sku_barcode_and_price_and_becomes_a_listing(self):
        self.wizard(self.shirt).action_list()
        message = self.asked()
        item = self.send._prepare(self.channel, message).record
        self.assertEqual((item.sku, item.barcode, item.price), ("SHIRT", "5901234123457", Decimal("19.50")))
        self.assertEqual((item.name, item.active), (self.shirt.name, None))
        self.send._settle(self.channel, message, Answer(external_id="77"))
        listing = self.env["ecom.listing"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((listing.external_id, listing.product_id, listing.state), ("77", self.shirt, "matched"))
        self.assertEqual(message.state, "done")

    def test_what_is_listed_or_under_way_is_not_asked_for_again(self):
        self.make_listing(self.cup, "12")
        for _time in range(2):
            self.wizard(self.shirt | self.cup).action_list()
        self.assertEqual(self.asked().product_id, self.shirt)
        self.assertEqual(len(self.asked()), 1)

    def test_templates_stand_for_all_their_variants(self):
        self.assertEqual(self.wizard(self.shirt.product_tmpl_id).product_ids, self.shirt)

    def test_variants_name_the_product_they_belong_to_and_what_tells_them_apart(self):
        sizes = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": name}) for name in ("S", "M")]}
        )
        line = Command.create({"attribute_id": sizes.id, "value_ids": [Command.set(sizes.value_ids.ids)]})
        template = self.env["product.template"].create({"name": "Polo", "attribute_line_ids": [line]})
        small, medium = template.product_variant_ids
        small.default_code, medium.default_code = "POLO-S", "POLO-M"
        self.wizard(template).action_list()
        self.assertEqual(self.asked().product_id, small | medium)
        items = {item.sku: item for item in (self.send._prepare(self.channel, ask).record for ask in self.asked())}
        self.assertEqual(items["POLO-S"].options, (("Size", "S"),))
        self.assertEqual(items["POLO-M"].options, (("Size", "M"),))
        (parent,) = {item.parent for item in items.values()}
        self.assertEqual((parent.name, parent.options), (template.name, (("Size", ("S", "M")),)))
        self.assertEqual((parent.key, parent.product_id), (f"ODOO-{template.id}", ""))
        ask = self.asked().filtered(lambda ask: ask.product_id == small)
        self.send._settle(self.channel, ask, Answer(external_id="21"))
        listing = self.env["ecom.listing"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((listing.product_id, listing.level_ids.ids), (small, []))
        listing.write({"external_product_id": "20", "external_stock_id": "20/21", "stock_tracked": True})
        item = self.send._prepare(self.channel, self.asked().filtered(lambda ask: ask.product_id == medium)).record
        self.assertEqual(item.parent.product_id, "20")

    def test_a_product_without_a_sku_waits_for_one_and_is_then_tried_again(self):
        self.shirt.default_code = False
        self.wizard(self.shirt).action_list()
        message = self.asked()
        self.send._settle(self.channel, message, self.send._call(self.send._prepare(self.channel, message)))
        self.assertEqual(message.state, "failed")
        self.assertIn("no SKU", message.problem)
        exception = self.env["ecom.exception"].search([("ecom_message_id", "=", message.id)])
        self.assertIn("does not list", exception.name)
        self.shirt.default_code = "SHIRT"
        self.wizard(self.shirt).action_list()
        self.assertEqual(message.state, "waiting")

    def test_an_item_that_was_there_already_is_matched(self):
        listing = self.make_listing(self.cup, "77", product_id=False, state="unmatched")
        self.wizard(self.shirt).action_list()
        self.send._settle(self.channel, self.asked(), Answer(external_id="77"))
        self.assertEqual((listing.product_id, listing.state), (self.shirt, "matched"))

    def test_only_live_channels_that_take_products_and_only_their_managers(self):
        self.channel = self.make_channel(mode="live")
        with self.assertRaises(UserError):
            self.wizard(self.shirt).action_list()
        operator = new_test_user(self.env, "lister", groups="ecom_connector.ecom_connector_group_operator")
        with self.assertRaises(AccessError):
            self.wizard(self.shirt).with_user(operator).action_list()
