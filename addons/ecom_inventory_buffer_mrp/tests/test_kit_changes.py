"""Rows of the table of events that concern kits: no quant of a kit is ever written, for there is none."""

from odoo.tests import tagged

from .kit_case import KitCase


@tagged("post_install", "-at_install")
class TestKitChanges(KitCase):
    def setUp(self):
        super().setUp()
        self.set = self._new_product("Set", is_storable=False)
        self._new_kit(self.set, {self.table: 2})
        self.sets = self._new_listing(self.set, "K2")
        self._put(9, self.top)
        self._put(16, self.leg)
        self._settle()

    def _settle(self):
        shown = self._decide()
        self._forget()
        return shown, self.sets.level_ids.decided

    def assertShown(self, tables, sets):
        """After whatever was noticed is decided, this is what both listings show."""
        self._decide()
        self.env.invalidate_all()
        self.assertEqual((self.listing.level_ids.decided, self.sets.level_ids.decided), (tables, sets))

    def test_a_component_of_a_kit_that_moves_reaches_every_ancestor(self):
        self.assertShown(4, 2)
        self._put(-8, self.leg)
        self.assertShown(2, 1)

    def test_a_component_ordered_without_reservation_reaches_every_ancestor(self):
        self._delivery_type("manual")
        self._order(12, self.leg).action_confirm()
        self.assertShown(1, 0)

    def test_a_component_that_nobody_lists_is_noticed_and_others_are_not(self):
        self._put(1, self.leg)
        self._put(1, self.other)
        self.assertEqual(self._changes(), {"Leg"})

    def test_a_bom_line_that_is_edited_is_noticed(self):
        self.bom.bom_line_ids.filtered(lambda line: line.product_id == self.leg).product_qty = 8
        self.assertShown(2, 1)

    def test_a_bom_line_that_is_added_or_deleted_is_noticed(self):
        screw = self._new_product("Screw")
        line = self.env["mrp.bom.line"].create({"bom_id": self.bom.id, "product_id": screw.id, "product_qty": 1})
        self.assertShown(0, 0)
        line.unlink()
        self.assertShown(4, 2)

    def test_a_bom_edited_in_what_it_makes_is_noticed(self):
        self.bom.product_qty = 2
        self.assertShown(8, 4)

    def test_a_kit_bom_that_is_archived_leaves_no_kit(self):
        self.bom.active = False
        self.env.cr.flush()
        self.env["ecom.flow.decide"]._decide_changes(1000)
        self.assertFalse(self.listing.level_ids)
        self.bom.active = True
        self.level = self.listing.level_ids
        self.assertShown(4, 2)

    def test_a_kit_bom_that_becomes_one_to_manufacture_leaves_what_is_on_the_shelf(self):
        self.table.is_storable = True
        self.assertShown(4, 2)
        self.bom.type = "normal"
        self._put(3, self.table)
        self.assertShown(3, 1)

    def test_a_component_whose_stock_is_no_longer_kept_limits_no_kit(self):
        self._put(-16, self.leg)
        self.assertShown(0, 0)
        self.leg.is_storable = False
        self.assertShown(9, 4)

    def test_a_kit_that_is_held_is_noticed_by_all_that_share_its_components(self):
        stool = self._new_product("Stool", is_storable=False)
        self._new_kit(stool, {self.leg: 4})
        stools = self._new_listing(stool, "K3")
        self._decide()
        self._forget()
        self.env["ecom.stock.hold"].create(
            {"name": "Held", "product_id": self.set.id, "quantity": 1, "company_id": self.company.id}
        )
        self.assertShown(2, 1)
        self.assertEqual(stools.level_ids.decided, 2)
