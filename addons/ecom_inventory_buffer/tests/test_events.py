"""The table of events of what can be sold, row by row: each one is noticed, and decided anew rightly.

What the full audit finds when a hook missed it stands at the end. Rows about kits: `ecom_inventory_buffer_mrp`,
tests/test_kit_changes.py. The connector's own tests/test_stock_change.py has the same rows without the terms.
"""

from odoo.tests import tagged

from .terms_case import TermsCase


@tagged("post_install", "-at_install")
class TestEvents(TermsCase):
    def setUp(self):
        super().setUp()
        self._put(10)
        self.assertEqual(self._decide(), 10)
        self._forget()

    def assertNoticed(self, decided):
        self.assertEqual(self._changes(), {"Sofa"})
        self.assertEqual(self._decide(), decided)
        self.assertEqual(self.level.free_quantity, self._terms().available)
        self._forget()

    def _audit(self):
        """Products that a recount from scratch finds to be wrong."""
        self._forget()
        self.env["ecom.flow.housekeep"]._recount_levels(100)
        return self._changes()

    def _delivery(self, quantity, reservation="manual"):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self._delivery_type(reservation).id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        move = self._move(quantity, picking_id=picking.id)
        picking.action_confirm()
        return move

    # ------------------------------------------------ rows that quants show
    def test_row_reserve_and_unreserve(self):
        move = self._delivery(4)
        self.assertNoticed(6)
        move._action_assign()
        self.assertNoticed(6)
        self.assertTerms(on_hand=10, reserved=4)
        move._do_unreserve()
        self.assertNoticed(6)
        self.assertTerms(on_hand=10, waiting=4)

    def test_row_transfer_done(self):
        move = self._delivery(4, "at_confirm")
        self._decide()
        self._forget()
        move.picking_id.button_validate()
        self.assertNoticed(6)
        self.assertTerms(on_hand=6)

    def test_row_scrap(self):
        self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 3, "location_id": self.stock.id, "company_id": self.company.id}
        ).do_scrap()
        self.assertNoticed(7)

    def test_row_inventory_adjustment(self):
        self.env["stock.quant"].with_context(inventory_mode=True).create(
            {"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 7}
        ).action_apply_inventory()
        self.assertNoticed(7)

    # ------------------------------------------------- rows that moves show
    def test_row_order_confirmed_and_cancelled_with_manual_reservation(self):
        self._delivery_type("manual")
        order = self._order(4)
        order.action_confirm()
        self.assertNoticed(6)
        order._action_cancel()
        self.assertNoticed(10)

    def test_row_order_confirmed_with_reservation_by_date(self):
        self._delivery_type("by_date").reservation_days_before = 0
        order = self._order(4)
        order.commitment_date = "2040-01-01"
        order.action_confirm()
        self.assertNoticed(6)

    def test_row_so_line_decreased_after_partial_delivery(self):
        self._delivery_type("at_confirm")
        order = self._order(6)
        order.action_confirm()
        move = order.picking_ids.move_ids
        move.write({"quantity": 2, "picked": True})
        order.picking_ids._action_done()
        self.assertNoticed(4)
        order.order_line.product_uom_qty = 3
        self.assertNoticed(7)

    def test_row_incoming_move_confirmed_and_deleted(self):
        move = self._move(5, self.suppliers, self.stock)
        move._action_confirm()
        self.assertNoticed(10)
        self.assertEqual(self.level.incoming, 5)
        move.state = "draft"
        self._forget()
        move.unlink()
        self.assertNoticed(10)
        self.assertEqual(self.level.incoming, 0)

    # -------------------------------------------- rows that neither of them shows
    def test_row_merge_quants(self):
        for reserved in (2, -3):
            self._quant(1, reserved)
        self.assertEqual(self._decide(), 13)
        self._forget()
        self.env["stock.quant"]._merge_quants()
        self.assertNoticed(12)

    def test_row_lot_removal_date_change(self):
        if "removal_date" not in self.env["stock.lot"]._fields:
            self.skipTest("Expiration dates are not installed")
        self.product.write({"tracking": "lot", "use_expiration_date": True})
        lot = self._lot("L", removal_date="2040-01-01")
        self._quant(5, lot_id=lot.id)
        self.assertEqual(self._decide(), 15)
        self._forget()
        lot.removal_date = "2020-01-01"
        self.assertNoticed(10)
        self.assertEqual(self.level.expired, 5)

    def test_row_location_reparented(self):
        shelf = self._shelf("Shelf")
        self._put(5, location=self._shelf("Box", shelf))
        self.assertEqual(self._decide(), 15)
        self._forget()
        shelf.location_id = self.warehouse.view_location_id
        self.assertNoticed(10)
        self.assertEqual(self.level.quarantined, 5)

    def test_row_location_archived(self):
        shelf = self._shelf("Shelf")
        self._put(5, location=shelf)
        self.assertEqual(self._decide(), 15)
        self._forget()
        shelf.with_context(do_not_check_quant=True).active = False
        self.assertNoticed(10)

    def test_row_location_excluded(self):
        shelf = self._shelf("Shelf")
        self._put(5, location=shelf)
        scope = self._scope()
        self.assertEqual(self._decide(), 15)
        self._forget()
        scope.excluded_location_ids = shelf
        self.assertNoticed(10)
        scope.excluded_location_ids = False
        self.assertNoticed(15)
        shelf.ecom_kind = "damaged"
        self.assertNoticed(10)

    def test_row_rules_channel_map_and_product(self):
        self.env["ecom.buffer.rule"].create(
            {"name": "Two", "company_id": self.company.id, "use_keep_back": True, "keep_back": 2}
        )
        self.assertNoticed(8)
        self.product.active = False
        self.assertNoticed(0)
        self.product.active = True
        self.assertNoticed(8)

    def test_row_soft_hold(self):
        hold = self.env["ecom.stock.hold"].create(
            {"name": "Held", "product_id": self.product.id, "quantity": 4, "company_id": self.company.id}
        )
        self.assertNoticed(6)
        hold.quantity = 5
        self.assertNoticed(5)
        hold.unlink()
        self.assertNoticed(10)

    # ----------------------------------------------------- what no hook saw
    def test_a_full_audit_finds_a_miss_of_every_term(self):
        self.assertFalse(self._audit())
        shelf = self._shelf("Shelf", self.warehouse.view_location_id)
        self._quant(1, location_id=shelf.id)
        self._move(2, self.suppliers, self.stock)._action_confirm()
        self._move(3)._action_confirm()
        self.env["ecom.stock.hold"].create(
            {"name": "Held", "product_id": self.product.id, "quantity": 1, "company_id": self.company.id}
        )
        self._decide()
        self.assertFalse(self._audit())
        for statement in (
            "UPDATE stock_quant SET quantity = quantity + 1 WHERE product_id = %s AND quantity = 10",
            "UPDATE stock_quant SET reserved_quantity = 1 WHERE product_id = %s AND quantity = 11",
            "UPDATE stock_quant SET quantity = 5 WHERE product_id = %s AND quantity = 1",
            "UPDATE stock_move SET product_qty = 4 WHERE product_id = %s AND product_qty = 2",
            "UPDATE stock_move SET state = 'cancel' WHERE product_id = %s AND product_qty = 3",
            "UPDATE ecom_stock_hold SET quantity = 2 WHERE product_id = %s",
        ):
            with self.subTest(statement):
                self.env.cr.execute(statement, [self.product.id])
                self.assertEqual(self.env.cr.rowcount, 1)
                self.env.invalidate_all()
                self.assertEqual(self._audit(), {"Sofa"})
                self._decide()
                self.assertFalse(self._audit())
