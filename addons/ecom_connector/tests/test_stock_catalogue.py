"""Products of the channel become listings, matched by SKU, then barcode; what is unclear waits for a person."""

from odoo import fields
from odoo.addons.ecom_connector.channels.demo.shop.catalogue import assortment, listings
from odoo.addons.ecom_connector.channels.records import Page, Product
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .stock_case import ShopCase

MANAGER = "ecom_connector.ecom_connector_group_channel_manager"
OPERATOR = "ecom_connector.ecom_connector_group_operator"


class CatalogueCase(ShopCase):
    def setUp(self):
        super().setUp()
        self.listing.unlink()
        self.catalogue = self.env["ecom.flow.catalogue"]
        self.cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "products")

    def _read(self):
        """Read the whole catalogue as the engine does. Returns the listings."""
        for _turn in range(20):
            question = self.catalogue._question(self.channel)
            page = self.catalogue._ask(question)
            _next_try, more = self.catalogue._store_page(self.channel, question, page)
            if not more:
                return self._listings()
        self.fail("It reads for ever")

    def _store(self, *products):
        """As if these were all the products of the channel."""
        question = self.catalogue._question(self.channel)
        self.catalogue._store_page(self.channel, question, Page(items=products))
        return self._listings()

    def _listings(self):
        return self.env["ecom.listing"].search([("channel_id", "=", self.channel.id)])

    def _user(self, group):
        return new_test_user(
            self.env, group.rpartition("_")[2], group, company_id=self.company.id, company_ids=self.company.ids
        )


@tagged("post_install", "-at_install")
class TestCatalogue(CatalogueCase):
    def test_every_product_becomes_a_listing_page_by_page(self):
        question = self.catalogue._question(self.channel)
        page = self.catalogue._ask(question)
        next_try, more = self.catalogue._store_page(self.channel, question, page)
        self.assertTrue(more)
        self.assertEqual((len(self._listings()), self.cursor.position), (50, page.next))
        listings = self._read()
        self.assertEqual(set(listings.mapped("external_id")), {item.id for item in self.shop.items()})
        self.assertFalse(self.cursor.position)
        self.assertTrue(self.cursor.fresh_at)

    def test_products_are_found_by_sku_and_their_stock_is_published(self):
        wanted = self.shop.items()[3]
        product = self._new_product(wanted.name, default_code=wanted.sku)
        self._put(7, product)
        listing = self._read().filtered(lambda listing: listing.external_id == wanted.id)
        self.assertEqual((listing.state, listing.product_id), ("matched", product))
        self.level = listing.level_ids
        self.assertEqual(self._decide(), 7)
        self._read_orders()
        self._publish()
        self.assertEqual(self.shop.stock(wanted.id), 7)
        others = self._listings() - listing
        self.assertEqual(set(others.mapped("state")), {"unmatched"})
        self.assertFalse(others.level_ids)

    def test_a_sku_wins_over_a_barcode(self):
        by_sku = self._new_product("By SKU", default_code="A-1")
        self._new_product("By barcode", barcode="4006381333931")
        listing = self._store(Product(variant_id="1", name="x", sku="A-1", barcode="4006381333931"))
        self.assertEqual(listing.product_id, by_sku)

    def test_a_barcode_finds_what_the_sku_does_not(self):
        product = self._new_product("By barcode", barcode="4006381333931")
        listing = self._store(Product(variant_id="1", name="x", sku="unheard", barcode="4006381333931"))
        self.assertEqual((listing.product_id, listing.state), (product, "matched"))

    def test_capitals_and_blanks_of_a_sku_make_no_difference(self):
        product = self._new_product("Typed", default_code="Tent-2P")
        listings = self._store(
            Product(variant_id="1", name="x", sku=" tent-2p "), Product(variant_id="2", name="y", sku="TENT-2P")
        )
        self.assertEqual(listings.product_id, product)
        self.assertEqual(set(listings.mapped("state")), {"matched"})

    def test_signs_that_mean_something_to_a_search_are_only_signs(self):
        self._new_product("Any", default_code="A_1")
        listing = self._store(Product(variant_id="1", name="x", sku="a%1"))
        self.assertEqual(listing.state, "unmatched")

    def test_several_products_are_for_a_person_to_choose_from(self):
        twins = self._new_product("One", default_code="TWIN") | self._new_product("Other", default_code="TWIN")
        listing = self._store(Product(variant_id="1", name="x", sku="TWIN"))
        self.assertEqual((listing.state, listing.candidate_ids, listing.product_id.id), ("ambiguous", twins, False))
        listing.product_id = twins[0]
        self.assertEqual((listing.state, listing.candidate_ids.ids), ("matched", []))
        self.assertEqual(len(listing.level_ids), 1)
        listing.product_id = False
        self.assertEqual(listing.state, "unmatched")
        self.assertFalse(listing.level_ids)

    def test_products_of_another_company_are_not_ours(self):
        other = self.env["res.company"].create({"name": "Others"})
        self.env["product.product"].sudo().create({"name": "Theirs", "default_code": "T-1", "company_id": other.id})
        self.assertEqual(self._store(Product(variant_id="1", name="x", sku="T-1")).state, "unmatched")

    def test_the_demo_shops_flawed_catalogue_leads_to_the_right_decisions(self):
        for item in assortment():
            self._new_product(item.name, default_code=item.sku, barcode=item.barcode)
        products = [
            Product(variant_id=item.id, name=item.name, sku=item.sku.strip(), barcode=item.barcode)
            for item in listings("7")
        ]
        states = self._store(*products).grouped("state")
        self.assertEqual(len(states["matched"]), len(products) - 2, "all but the blank and the foreign one")
        self.assertEqual(len(states["unmatched"]), 2)

    def test_a_listing_that_did_not_change_starts_nothing(self):
        """A shop tells of a product that changed whenever its stock is set: our own echo."""
        product = Product(variant_id=self.item, name="x", sku="S-1", price=12, currency="EUR")
        self._new_product("Sold", default_code="S-1")
        listing = self._store(product)
        self._forget()
        sequence, seen = listing.level_ids.sequence, listing.last_seen
        self.assertEqual(self._store(product), listing)
        self.assertFalse(self._changes())
        self.assertEqual(listing.level_ids.sequence, sequence)
        self.assertGreaterEqual(listing.last_seen, seen)

    def test_a_sku_that_is_corrected_there_is_looked_up_again(self):
        product = self._new_product("Right", default_code="RIGHT")
        listing = self._store(Product(variant_id="1", name="x", sku="WRONG"))
        self.assertEqual(listing.state, "unmatched")
        self._store(Product(variant_id="1", name="x", sku="RIGHT"))
        self.assertEqual(listing.product_id, product)
        self._store(Product(variant_id="1", name="x", sku="OTHER"))
        self.assertEqual(listing.product_id, product, "a match stays, whatever becomes of the SKU")

    def test_stock_the_channel_does_not_keep_is_not_published(self):
        self._new_product("Sold", default_code="S-1")
        listing = self._store(Product(variant_id="1", name="x", sku="S-1", stock_tracked=False))
        self.assertEqual((listing.state, len(listing.level_ids)), ("matched", 0))
        self.assertIn("keeps no stock", listing.stock_text)
        self._store(Product(variant_id="1", name="x", sku="S-1"))
        self.assertEqual(len(listing.level_ids), 1)


@tagged("post_install", "-at_install")
class TestGone(CatalogueCase):
    def test_what_a_complete_reading_does_not_show_is_archived_and_comes_back_as_it_was(self):
        product = self._new_product("Sold", default_code="S-1")
        first, second = Product(variant_id="1", name="x", sku="S-1"), Product(variant_id="2", name="y")
        listing = self._store(first, second).filtered("product_id")
        self._age()
        self._store(second)
        self.assertFalse(listing.active)
        self.assertFalse(self.env["ecom.stock.level"].search([("listing_id", "=", listing.id)]))
        self._store(first, second)
        self.assertEqual((listing.active, listing.product_id, len(listing.level_ids)), (True, product, 1))

    def test_a_reading_that_is_not_complete_archives_nothing(self):
        listings = self._read()
        self._age()
        question = self.catalogue._question(self.channel)
        self.catalogue._store_page(self.channel, question, self.catalogue._ask(question))
        self.assertEqual(self._listings(), listings)

    def test_a_page_that_the_channel_still_puts_together_is_waited_for_and_may_be_asked_for_again(self):
        for _turn in range(2):
            question = self.catalogue._question(self.channel)
            next_try, more = self.catalogue._store_page(self.channel, question, Page(next="file", wait=30))
            self.assertFalse(more)
            self.assertGreater(next_try, fields.Datetime.now())
        self.assertEqual((self.catalogue._question(self.channel).token, self.cursor.fresh_at), ("file", False))

    def test_a_channel_that_suddenly_lists_next_to_nothing_is_not_believed(self):
        listings = self._read()
        self._age()
        self._store()
        self.assertEqual(self._listings(), listings)
        exception = self.env["ecom.exception"].search([("dedupe_key", "=", f"catalogue:{self.channel.id}")])
        self.assertEqual((exception.state, exception.category), ("open", "product"))
        self._read()
        self.assertEqual(exception.state, "solved")

    def _age(self):
        """All was seen a day ago."""
        day = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        self._listings().write({"last_seen": day})


@tagged("post_install", "-at_install")
class TestReview(CatalogueCase):
    def test_an_operator_matches_again_and_ignores(self):
        listings = self._store(Product(variant_id="1", name="x", sku="LATE"), Product(variant_id="2", name="y"))
        product = self._new_product("Late", default_code="LATE")
        reviewed = listings.with_user(self._user(OPERATOR))
        reviewed.action_match_again()
        self.assertEqual(listings.mapped("state"), ["matched", "unmatched"])
        self.assertEqual(listings[0].product_id, product)
        reviewed.action_ignore()
        self.assertEqual(set(listings.mapped("state")), {"ignored"})
        self._store(Product(variant_id="1", name="x", sku="LATE"), Product(variant_id="2", name="y"))
        self.assertEqual(set(listings.mapped("state")), {"ignored"}, "reading again does not bring them back")
        reviewed[0].action_match_again()
        self.assertEqual(listings[0].state, "matched")

    def test_a_channel_manager_makes_products_of_unmatched_listings(self):
        self.company.currency_id = self.env.ref("base.EUR")
        listings = self._store(
            Product(variant_id="1", name="Tent", sku="TENT", barcode="4006381333931", price=349, currency="EUR"),
            Product(variant_id="2", name="Pegs", sku="PEGS", price=15, currency="JPY"),
        )
        with self.assertRaises(AccessError):
            listings.with_user(self._user(OPERATOR)).action_create_products()
        listings.with_user(self._user(MANAGER)).action_create_products()
        self.assertEqual(set(listings.mapped("state")), {"matched"})
        tent, pegs = listings.product_id.sorted("name", reverse=True)
        self.assertEqual(
            (tent.name, tent.default_code, tent.barcode, tent.list_price, tent.is_storable),
            ("Tent", "TENT", "4006381333931", 349, True),
        )
        self.assertEqual(pegs.list_price, 1, "a price in another currency is none of ours")
        self.assertEqual(len(listings.level_ids), 2)
