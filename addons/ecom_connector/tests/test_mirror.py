"""Warehouses that the channel itself counts: never published, and followed here once a difference is seen twice."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..channels.records import KeptStock, Page
from .common import ChannelCase


@tagged("post_install", "-at_install")
class TestMirror(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mirror = cls.env["ecom.flow.mirror"]
        cls.amazon = cls.env["ecom.channel"].create({"name": "Amazon", "code": "amazon", "publish_stock": True})
        cls.warehouse = cls.env["stock.warehouse"].create({"name": "FBA", "code": "FBA"})
        listings = [("SHIRT", cls.shirt, 1), ("SHIRT-2", cls.shirt, 2), ("CUP", cls.cup, 1)]
        cls.listings = cls.env["ecom.listing"].create(
            [
                {
                    "channel_id": cls.amazon.id,
                    "external_id": sku,
                    "name": sku,
                    "product_id": product.id,
                    "state": "matched",
                    "units": units,
                }
                for sku, product, units in listings
            ]
        )
        cls.place = cls.env["ecom.location.map"].create(
            {"channel_id": cls.amazon.id, "code": "AMAZON", "name": "FBA", "warehouse_id": cls.warehouse.id}
        )

    def tell(self, **held):
        """One reading: {SKU: units there, or (units there, on the way)}."""
        cursor = self.mirror._cursor(self.amazon)
        cursor.write({"position": False, "seen_until": fields.Datetime.now()})
        for listing in self.listings.filtered("kept_at"):
            listing.kept_at -= timedelta(hours=1)
        rows = [(sku, count if isinstance(count, tuple) else (count, 0)) for sku, count in held.items()]
        items = tuple(KeptStock(variant_id=sku, quantity=there, coming=coming) for sku, (there, coming) in rows)
        self.mirror._store(self.amazon, None, Page(items=items))

    def here(self, product):
        return product.with_context(warehouse_id=self.warehouse.id).qty_available

    def test_what_the_channel_counts_is_not_published_and_its_own_stock_still_is(self):
        self.assertEqual((self.place.kept, self.place.publish), (True, False))
        levels = self.listings.level_ids
        self.assertEqual(len(levels), 3)
        self.assertFalse(levels.location_map_id)
        self.assertNotIn(self.warehouse, levels.warehouse_id)
        other = self.env["ecom.location.map"].create({"channel_id": self.amazon.id, "code": "OTHER"})
        self.assertEqual((other.kept, other.publish), (False, True))
        with self.assertRaises(ValidationError):
            self.place.publish = True

    def test_a_difference_is_followed_when_it_is_seen_twice(self):
        self.tell(**{"SHIRT": 3, "SHIRT-2": 2, "CUP": 5})
        self.assertEqual((self.here(self.shirt), self.here(self.cup)), (0, 0))
        self.tell(**{"SHIRT": 3, "SHIRT-2": 2, "CUP": 4})
        self.assertEqual((self.here(self.shirt), self.here(self.cup)), (7, 4))
        self.tell(**{"SHIRT": 3, "SHIRT-2": 2, "CUP": 4})
        self.assertEqual((self.here(self.shirt), self.here(self.cup)), (7, 4))
        move = self.env["stock.move"].search([("product_id", "=", self.cup.id), ("is_inventory", "=", True)])
        self.assertIn("Counted by Amazon", move.mapped("inventory_name"))

    def test_units_on_the_way_may_be_booked_or_not(self):
        self.env["stock.quant"]._update_available_quantity(self.cup, self.warehouse.lot_stock_id, 10)
        for _reading in range(2):
            self.tell(CUP=(6, 4))
        self.assertEqual(self.here(self.cup), 10)
        for _reading in range(2):
            self.tell(CUP=(6, 1))
        self.assertEqual(self.here(self.cup), 7)

    def test_a_parcel_that_left_a_moment_ago_changes_nothing(self):
        self.env["stock.quant"]._update_available_quantity(self.cup, self.warehouse.lot_stock_id, 10)
        self.tell(CUP=9)
        self.env["stock.quant"]._update_available_quantity(self.cup, self.warehouse.lot_stock_id, -1)
        self.tell(CUP=9)
        self.tell(CUP=9)
        self.assertEqual((self.here(self.cup), self.listings[2].kept_gap), (9, 0))

    def test_what_is_listed_no_more_is_gone(self):
        for _reading in range(2):
            self.tell(CUP=5)
        for _reading in range(2):
            self.tell(SHIRT=0)
        self.assertEqual((self.here(self.cup), self.listings[2].kept_quantity), (0, 0))

    def test_lots_are_left_to_people(self):
        self.cup.tracking = "lot"
        for _reading in range(2):
            self.tell(CUP=5)
        self.assertEqual((self.here(self.cup), self.listings[2].kept_quantity), (0, 5))

    def test_nobody_is_asked_where_no_warehouse_stands_for_it(self):
        self.place.warehouse_id = False
        self.assertIsNone(self.mirror._question(self.amazon))
        self.assertIsNone(self.mirror._question(self.channel))
