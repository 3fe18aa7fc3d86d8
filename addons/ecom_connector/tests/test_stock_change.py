"""The table of events, row by row: each one leaves a change for the products whose availability it moves."""

from contextlib import suppress

from odoo.tests import tagged

from .stock_case import StockCase


@tagged("post_install", "-at_install")
class TestStockChange(StockCase):
    def setUp(self):
        super().setUp()
        self._put(10)
        self._put(10, self.other)
        self.env["ecom.flow.decide"]._decide(self.level)
        self._forget()

    def assertSeen(self):
        """The change is in the log, and only that of the listed product."""
        self.assertEqual(self._changes(), {"Sofa"})

    def _delivery(self, reservation, quantity=4):
        """A confirmed delivery; returns its move."""
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self._delivery_type(reservation).id,
                "location_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        move = self._move(quantity, picking_id=picking.id)
        self._move(quantity, picking_id=picking.id, product=self.other)
        picking.action_confirm()
        return move

    # ------------------------------------------------------ what quants show
    def test_stock_that_is_counted_is_seen(self):
        quant = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create({"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 7})
        )
        self._forget()
        quant.action_apply_inventory()
        self.assertSeen()
        self.assertEqual(self._decide(), 7)

    def test_stock_that_is_reserved_is_seen(self):
        move = self._delivery("manual")
        self._forget()
        move._action_assign()
        self.assertSeen()

    def test_stock_that_is_unreserved_is_seen(self):
        move = self._delivery("at_confirm")
        self.assertEqual(move.state, "assigned")
        self._forget()
        move._do_unreserve()
        self.assertSeen()

    def test_a_transfer_that_is_done_is_seen(self):
        move = self._delivery("at_confirm")
        self._forget()
        move.picking_id.button_validate()
        self.assertEqual(move.state, "done")
        self.assertSeen()
        self.assertEqual(self._decide(), 6)

    def test_stock_that_is_scrapped_is_seen(self):
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 3, "location_id": self.stock.id, "company_id": self.company.id}
        )
        self._forget()
        scrap.do_scrap()
        self.assertSeen()
        self.assertEqual(self._decide(), 7)

    def test_a_change_of_owner_is_seen(self):
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", self.stock.id)]
        )
        quant.owner_id = self.env["res.partner"].create({"name": "Consignor"})
        self.assertSeen()
        self.assertEqual(self._decide(), 0)

    def test_a_quant_that_is_deleted_is_seen(self):
        self.env["stock.quant"].search([("product_id", "in", (self.product + self.other).ids)]).sudo().unlink()
        self.assertSeen()
        self.assertEqual(self._decide(), 0)

    def test_merged_quants_are_seen_when_a_negative_reservation_is_lifted(self):
        for reserved in (2, -3):
            self.env["stock.quant"].create(
                {
                    "product_id": self.product.id,
                    "location_id": self.stock.id,
                    "quantity": 1,
                    "reserved_quantity": reserved,
                }
            )
        self.assertEqual(self._decide(), 13)
        self._forget()
        self.env["stock.quant"]._merge_quants()
        self.assertSeen()
        self.assertEqual(self._decide(), 12)

    # ------------------------------------------------- what only moves show
    def test_an_order_confirmed_without_reservation_is_seen(self):
        for reservation in ("manual", "by_date"):
            with self.subTest(reservation):
                self._delivery_type(reservation).reservation_days_before = 0
                order = self._order(4)
                order.commitment_date = "2040-01-01"
                shown = self._decide()
                order.action_confirm()
                self.assertFalse(order.picking_ids.move_ids.quantity)
                self.assertSeen()
                self.assertEqual(self._decide(), shown - 4)

    def test_an_order_cancelled_before_it_was_reserved_is_seen(self):
        self._delivery_type("manual")
        order = self._order(4)
        order.action_confirm()
        self.assertEqual(self._decide(), 6)
        order._action_cancel()
        self.assertSeen()
        self.assertEqual(self._decide(), 10)

    def test_an_order_whose_quantity_changes_is_seen(self):
        self._delivery_type("manual")
        order = self._order(4)
        order.action_confirm()
        self.assertEqual(self._decide(), 6)
        order.order_line.product_uom_qty = 6
        self.assertSeen()
        self.assertEqual(self._decide(), 4)

    def test_a_receipt_that_is_expected_is_seen(self):
        self._move(5, self.suppliers, self.stock)._action_confirm()
        self.assertSeen()

    def test_a_confirmed_move_that_is_deleted_is_seen(self):
        move = self._delivery("manual")
        self._forget()
        move.picking_id.move_ids.state = "draft"
        self._forget()
        move.picking_id.move_ids.unlink()
        self.assertSeen()

    def test_a_move_that_changes_its_product_is_seen_for_both(self):
        chair = self._new_product("Chair")
        self._new_listing(chair, "V2")
        move = self._move(2)
        self._forget()
        move.product_id = chair
        self.assertEqual(self._changes(), {"Sofa", "Chair"})

    # -------------------------------------------- what neither of them shows
    def test_dates_of_a_lot_that_change_are_seen(self):
        """The dates come with product_expiry; the hook must not need it."""
        self.product.tracking = "lot"
        lot = self.env["stock.lot"].create({"product_id": self.product.id, "name": "L1", "company_id": self.company.id})
        self._forget()
        if "removal_date" in lot._fields:
            lot.removal_date = "2020-01-01"
        else:
            lot.product_id = self.product
        self.assertSeen()

    def test_a_location_that_moves_is_seen_with_all_below_it(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        box = self.env["stock.location"].create({"name": "Box", "location_id": shelf.id})
        self._put(5, location=box)
        self.assertEqual(self._decide(), 15)
        self._forget()
        shelf.location_id = self.warehouse.view_location_id
        self.assertSeen()
        self.assertEqual(self._decide(), 10)

    def test_a_location_that_is_archived_is_seen(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self._put(5, location=shelf)
        self.assertEqual(self._decide(), 15)
        self._forget()
        shelf.with_context(do_not_check_quant=True).active = False
        self.assertSeen()
        self.assertEqual(self._decide(), 10)

    def test_another_stock_location_of_the_warehouse_is_seen(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.warehouse.view_location_id.id})
        self.warehouse.lot_stock_id = shelf
        self.assertSeen()
        self.assertEqual(self._decide(), 0)

    def test_a_product_that_is_archived_is_seen_and_shown_as_0(self):
        self.assertEqual(self.level.decided, 10)
        self.product.active = False
        self.assertSeen()
        self.assertEqual(self._decide(), 0)
        self.product.active = True
        self.assertSeen()
        self.assertEqual(self._decide(), 10)

    def test_another_unit_of_the_product_is_seen(self):
        self.product.uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertSeen()

    def test_a_product_whose_stock_is_no_longer_kept_has_no_level(self):
        self.product.is_storable = False
        self.assertSeen()
        self.assertFalse(self.listing.level_ids)
        self.product.is_storable = True
        self.assertEqual(len(self.listing.level_ids), 1)

    def test_a_listing_that_changes_is_seen(self):
        self.listing.units = 4
        self.assertSeen()
        self.assertEqual(self._decide(), 2)

    def test_a_location_of_the_channel_that_changes_is_seen(self):
        self.env["ecom.location.map"].create(
            {"channel_id": self.channel.id, "code": "main", "name": "Main", "warehouse_id": self.warehouse.id}
        )
        self.assertSeen()

    def test_a_channel_that_is_switched_on_is_seen(self):
        self.channel.mode = "off"
        self._forget()
        self.channel.mode = "live"
        self.assertSeen()

    # ------------------------------------------------------------ rolled back
    def test_a_savepoint_rolled_back_leaves_nothing(self):
        with suppress(ZeroDivisionError), self.env.cr.savepoint():
            self._put(5)
            self._delivery("at_confirm")
            self.env.cr.flush()
            self._put(5)
            raise ZeroDivisionError
        self.assertFalse(self._changes())

    def test_what_came_before_and_after_a_savepoint_rolled_back_stays(self):
        chair = self._new_product("Chair")
        self._new_listing(chair, "V2")
        self._forget()
        self._put(1)
        with suppress(ZeroDivisionError), self.env.cr.savepoint():
            self._put(5, chair)
            raise ZeroDivisionError
        self._put(1)
        self.assertEqual(self._changes(), {"Sofa"})

    def test_products_that_nobody_lists_cost_no_row_and_no_wake_up(self):
        woken = self.env.cr.postcommit.data
        woken.pop("ecom_woken", None)
        self._put(5, self.other)
        self._move(5, product=self.other)._action_confirm()
        self.assertFalse(self._changes())
        self.assertNotIn("ecom_woken", woken)
        self._put(5)
        self.assertSeen()
        self.assertIn("ecom_woken", woken)

    def test_a_flush_writes_one_row_a_product_with_one_statement(self):
        for _turn in range(5):
            self._put(1)
        self.env.cr.flush()
        self.env.cr.execute("SELECT count(*) FROM ecom_stock_change")
        self.assertEqual(self.env.cr.fetchone()[0], 1)
