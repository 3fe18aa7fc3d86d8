"""Which stock levels there are: by location, by product, by what people switch on and off."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .stock_case import StockCase


@tagged("post_install", "-at_install")
class TestStockLevels(StockCase):
    def _map(self, code, warehouse, **values):
        return self.env["ecom.location.map"].create(
            {"channel_id": self.channel.id, "code": code, "name": code, "warehouse_id": warehouse.id, **values}
        )

    def _second(self):
        return self.env["stock.warehouse"].create({"name": "Second", "code": "W2", "company_id": self.company.id})

    def test_a_channel_without_locations_shows_its_warehouse(self):
        self.assertEqual(self.level.warehouse_id, self.warehouse)
        self.assertFalse(self.level.location_map_id)
        second = self._second()
        self.channel.warehouse_id = second
        self.assertEqual(self.listing.level_ids, self.level)
        self.assertEqual(self.level.warehouse_id, second)

    def test_a_channel_without_a_warehouse_shows_the_first_of_its_company(self):
        channel = self._new_channel("Second shop", warehouse_id=False)
        listing = self._new_listing(self.product, "V1", channel_id=channel.id)
        self.assertEqual(listing.level_ids.warehouse_id, self.warehouse)

    def test_each_location_shows_its_warehouse(self):
        second = self._second()
        self._put(5)
        self._put(3, location=second.lot_stock_id)
        main, store = self._map("main", self.warehouse), self._map("store", second)
        self._map("outlet", second, publish=False)
        levels = self.listing.level_ids
        self.assertEqual(levels.location_map_id, main | store)
        self.env.cr.flush()
        self.env["ecom.flow.decide"]._decide_changes(100)
        self.assertEqual({level.location_map_id.code: level.decided for level in levels}, {"main": 5, "store": 3})
        store.publish = False
        self.assertEqual(self.listing.level_ids.location_map_id, main)
        main.unlink()
        self.assertFalse(self.listing.level_ids, "the locations left are there, and none publishes")

    def test_two_locations_never_show_the_same_stock(self):
        self._map("main", self.warehouse)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._map("store", self.warehouse)

    def test_services_consumables_and_goods_to_order_have_no_level(self):
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        category = self.env["product.category"].create({"name": "To order", "route_ids": [Command.link(mto.id)]})
        below = self.env["product.category"].create({"name": "Below", "parent_id": category.id})
        for name, values in {
            "service": {"type": "service", "is_storable": False},
            "consumable": {"is_storable": False},
            "made to order": {"route_ids": [Command.link(mto.id)]},
            "made to order by category": {"categ_id": below.id},
        }.items():
            with self.subTest(name):
                listing = self._new_listing(self._new_product(name, **values), name)
                self.assertFalse(listing.level_ids)
                self.assertIn("not tracked", listing.stock_text)

    def test_dropshipped_goods_have_no_level(self):
        route = self.env["stock.route"].create(
            {
                "name": "Dropship",
                "product_selectable": True,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Supplier to customer",
                            "action": "pull",
                            "picking_type_id": self.warehouse.out_type_id.id,
                            "location_src_id": self.suppliers.id,
                            "location_dest_id": self.customers.id,
                        }
                    )
                ],
            }
        )
        self.product.route_ids = route
        self.assertFalse(self.listing.level_ids)
        self.product.route_ids = False
        self.assertEqual(len(self.listing.level_ids), 1)

    def test_a_route_that_only_refills_the_warehouse_changes_nothing(self):
        second = self._second()
        self.warehouse.resupply_wh_ids = second
        self.product.route_ids = self.warehouse.resupply_route_ids
        self.assertEqual(self.listing.level_ids, self.level)

    def test_a_listing_taken_off_its_product_has_no_level(self):
        for values in (
            {"product_id": False, "state": "unmatched"},
            {"state": "ignored"},
            {"active": False},
            {"publish_stock": False},
        ):
            with self.subTest(values):
                listing = self._new_listing(self.product, str(values))
                self.assertEqual(len(listing.level_ids), 1)
                listing.write(values)
                self.assertFalse(self.env["ecom.stock.level"].search([("listing_id", "=", listing.id)]))

    def test_another_product_behind_a_listing_keeps_what_the_channel_acknowledged(self):
        self._put(5)
        self._put(2, self.other)
        self._decide()
        self.level.write({"published": 5, "known": True, "published_sequence": 1})
        self.listing.product_id = self.other
        self.assertEqual(self.listing.level_ids, self.level)
        self.assertEqual(self._decide(), 2)
        self.assertEqual((self.level.published, self.level.product_id), (5, self.other))

    def test_a_listing_that_stands_for_another_item_is_asked_again_what_it_shows(self):
        self._decide()
        self.level.write({"published": 5, "known": True, "published_sequence": self.level.sequence})
        self.listing.external_id = "V9"
        self.assertFalse(self.level.known)
        self.assertGreater(self.level.sequence, self.level.published_sequence)

    def test_a_location_that_stands_for_another_one_is_asked_again_what_it_shows(self):
        place = self._map("main", self.warehouse)
        level = self.listing.level_ids
        level.write({"published": 5, "known": True, "published_sequence": level.sequence})
        place.code = "store"
        self.assertEqual(self.listing.level_ids, level)
        self.assertFalse(level.known)

    def test_a_channel_that_was_off_is_asked_again_what_it_shows(self):
        self.level.write({"published": 5, "known": True, "published_sequence": self.level.sequence})
        self.channel.publish_stock = False
        self.channel.publish_stock = True
        self.assertFalse(self.level.known)
        self.assertGreater(self.level.sequence, self.level.published_sequence)
