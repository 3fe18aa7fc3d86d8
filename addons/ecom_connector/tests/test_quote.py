"""A site with a pricelist in its own currency gets prices of its own; one that was changed there is told again."""

from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from ..channels.errors import Rejected
from ..channels.records import ItemResult, Page, Price
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestQuote(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_channel(code="shopify", name="Shopify", mode="live")
        cls.channel._set_credentials({"url": "my-shop", "client_id": "id", "client_secret": "secret"})
        cls.shirt.list_price, cls.cup.list_price = 20, 7.5
        cls.dollar = cls.env.ref("base.USD")
        cls.pricelist = cls.make_pricelist("Web", cls.euro)
        fixed = {"applied_on": "0_product_variant", "compute_price": "fixed"}
        items = [
            {**fixed, "product_id": cls.shirt.id, "fixed_price": 25},
            {**fixed, "product_id": cls.cup.id, "fixed_price": 9},
        ]
        cls.abroad = cls.make_pricelist("Abroad", cls.dollar, items)
        cls.one = cls.make_listing(cls.shirt, "11")
        cls.six = cls.make_listing(cls.cup, "12", units=6)
        cls.channel.write({"pricelist_id": cls.pricelist.id, "own_prices": True})
        cls.site = cls.make_site("United States", "5", cls.dollar, cls.abroad)
        cls.quote = cls.env["ecom.flow.quote"]

    @classmethod
    def make_pricelist(cls, name, currency, items=()):
        values = {"name": name, "currency_id": currency.id, "company_id": cls.company.id}
        return cls.env["product.pricelist"].create(
            {**values, "item_ids": [fields.Command.create(item) for item in items]}
        )

    @classmethod
    def make_site(cls, name, number, currency, pricelist):
        values = {"name": name, "external_id": number, "currency_id": currency.id, "pricelist_id": pricelist.id}
        return cls.env["ecom.channel.site"].create({"channel_id": cls.channel.id, **values})

    def ask(self):
        return self.quote._question(self.channel)

    def answer(self, answer):
        self.quote._store(self.channel, self.ask(), answer)

    def read_nothing(self):
        self.answer(Page())

    def told(self):
        question = self.ask()
        return {price.variant_id: (price.amount, price.currency) for price in question.prices} if question else {}

    def troubles(self):
        return self.env["ecom.exception"].search([("channel_id", "=", self.channel.id), ("state", "=", "open")])

    def test_what_a_site_has_is_read_first_and_only_what_differs_is_told(self):
        self.assertIsNone(self.ask().prices)
        self.answer(
            Page(items=(Price(variant_id="11", amount=Decimal("30"), offer=Decimal("25"), currency="USD"),), next="2")
        )
        self.assertEqual((self.ask().prices, self.ask().token), (None, "2"))
        self.read_nothing()
        self.assertEqual(self.told(), {"12": (Decimal("54.00"), "USD")})
        self.answer([ItemResult(variant_id="12", price=Decimal("54.00"))])
        self.assertIsNone(self.ask(), "The round is over")
        self.assertEqual(self.told(), {}, "All is as it should be")
        self.assertEqual(sorted(self.site_prices().mapped("price")), [25, 54])

    def site_prices(self):
        return self.env["ecom.listing.price"].search([("site_id", "=", self.site.id)])

    def test_a_price_that_is_gone_or_was_changed_there_is_told_again_the_next_day(self):
        self.read_nothing()
        self.answer([ItemResult(variant_id="11", price=Decimal(25)), ItemResult(variant_id="12", price=Decimal(54))])
        self.assertIsNone(self.ask())
        cursor = self.quote._cursor(self.channel)
        cursor.fresh_at = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        self.site_prices().seen_at = cursor.fresh_at
        self.answer(Page(items=(Price(variant_id="11", amount=Decimal("22"), currency="USD"),)))
        self.assertEqual(self.site_prices().listing_id, self.one)
        self.assertEqual(self.told(), {"11": (Decimal("25.00"), "USD"), "12": (Decimal("54.00"), "USD")})

    def test_a_site_without_prices_of_its_own_is_named_and_holds_up_no_other(self):
        other = self.make_site("Canada", "6", self.dollar, self.abroad)
        self.answer(Rejected("United States has no catalog with prices of its own."))
        self.assertIn("United States", self.troubles().name)
        self.assertEqual((self.ask().site_id, self.ask().prices), (other.id, None))
        self.read_nothing()
        self.answer(
            [ItemResult(variant_id="11", problem="Variant not found"), ItemResult(variant_id="12", price=Decimal(54))]
        )
        self.assertEqual(self.troubles().mapped("detail").count("Variant not found"), 1)
        self.assertIsNone(self.ask())
        self.assertEqual(self.told(), {"11": (Decimal("25.00"), "USD"), "12": (Decimal("54.00"), "USD")})

    def test_only_sites_with_a_pricelist_in_their_own_currency_are_quoted(self):
        self.site.pricelist_id = self.pricelist
        self.assertIsNone(self.ask())
        self.site.write({"pricelist_id": self.abroad.id, "active": False})
        self.assertIsNone(self.ask())
        self.site.active = True
        self.channel.own_prices = False
        self.assertIsNone(self.ask())
        woo = self.make_woo_channel(pricelist_id=self.pricelist.id, own_prices=True)
        self.assertFalse(woo._quoted_sites(), "There is no such thing")

    def test_a_new_pricelist_of_a_site_is_looked_at_at_once(self):
        cursor = self.quote._cursor(self.channel)
        cursor.next_try = fields.Datetime.add(fields.Datetime.now(), hours=1)
        self.site.pricelist_id = self.make_pricelist("New", self.dollar)
        self.assertLessEqual(cursor.next_try, fields.Datetime.now())
