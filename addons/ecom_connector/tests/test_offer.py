"""What is ours to say of a listing goes to the channel, and only what it does not say yet."""

from decimal import Decimal

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..channels.records import ItemResult
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestOffer(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_woo_channel()
        cls.shirt.list_price, cls.cup.list_price = 20, 7.5
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Web", "currency_id": cls.euro.id, "company_id": cls.company.id}
        )
        cls.one = cls.make_listing(cls.shirt, "11", price=18, external_stock_id="20/11")
        cls.six = cls.make_listing(cls.cup, "12", price=45, units=6)
        cls.offer = cls.env["ecom.flow.offer"]

    def own(self, **fields):
        self.channel.write({"pricelist_id": self.pricelist.id, **fields})

    def told(self):
        """{listing: price} of the next question; {} where there is none."""
        question = self.offer._question(self.channel)
        return {price.variant_id: price.amount for price in question.prices} if question else {}

    def answer(self, *results, changes=()):
        self.offer._store(self.channel, self.offer._question(self.channel), (results, changes))

    def test_nothing_is_said_that_is_not_ours_to_say(self):
        self.assertIsNone(self.offer._question(self.channel))

    def test_a_price_is_that_of_the_units_and_told_only_where_the_channel_shows_another(self):
        self.own(own_prices=True)
        self.assertEqual(self.told(), {"11": Decimal("20.00")})
        self.assertEqual(self.offer._question(self.channel).prices[0].stock_id, "20/11")
        self.answer(ItemResult(variant_id="11", price=Decimal(20)))
        self.assertEqual((self.one.price, self.told()), (20, {}))
        self.cup.list_price = 8
        self.assertEqual(self.told(), {"12": Decimal("48.00")})

    def test_a_listing_that_the_channel_refuses_stops_no_other_and_a_person_hears_of_it(self):
        self.own(own_prices=True)
        self.six.price = 1
        refused = ItemResult(variant_id="11", problem="Invalid ID.")
        self.answer(refused, ItemResult(variant_id="12", price=Decimal(45)))
        exceptions = self.env["ecom.exception"].search([("listing_id", "in", (self.one | self.six).ids)])
        self.assertEqual((exceptions.listing_id, exceptions.detail), (self.one, "Invalid ID."))
        self.assertEqual(self.told(), {}, "The round is over; the next one tries again")
        self.assertEqual(self.told(), {"11": Decimal("20.00")})
        self.answer(ItemResult(variant_id="11", price=Decimal(20)))
        self.assertEqual(exceptions.state, "solved")

    def test_the_channel_sells_in_another_currency_than_the_pricelist(self):
        self.own(own_prices=True)
        self.one.currency_id = self.env.ref("base.USD")
        self.assertEqual(self.told(), {})
        self.one.currency_id = self.euro
        self.assertEqual(self.told(), {"11": Decimal("20.00")})

    def test_names_and_barcodes_are_told_where_they_are_ours(self):
        self.shirt.write({"name": "Oxford", "barcode": "5901234123457"})
        self.own(own_names=True)
        (change,) = self.offer._question(self.channel).changes
        self.assertEqual((change.variant_id, change.name, change.barcode, change.price), ("11", "Oxford", None, None))
        self.answer(changes=(ItemResult(variant_id="11"),))
        self.assertEqual(self.one.name, "Oxford")
        self.own(own_barcodes=True)
        (change,) = self.offer._question(self.channel).changes
        self.assertEqual((change.name, change.barcode), (None, "5901234123457"))

    def test_prices_need_a_pricelist(self):
        with self.assertRaises(ValidationError):
            self.channel.own_prices = True

    def test_a_platform_that_takes_no_prices_is_told_none(self):
        self.channel = self.make_channel()
        self.own(own_prices=True)
        self.assertIsNone(self.offer._question(self.channel))

    def test_a_change_of_what_is_ours_is_looked_at_at_once(self):
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "offers")
        self.assertFalse(cursor.next_try)
        self.own(own_prices=True)
        self.assertTrue(cursor.next_try)
