"""What a listing may show: the sum, its edge cases, and which levels there are."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.addons.ecom_connector.flow.measure import Terms
from odoo.tests import tagged
from odoo.tools import mute_logger

from .stock_case import StockCase


@tagged("post_install", "-at_install")
class TestStockMeasure(StockCase):
    def assertTerms(self, *expected, product=None):
        product = product or self.product
        measured = self.env["ecom.flow.measure"]._measure([product.id], [self.warehouse.id])
        self.assertEqual(measured.get((product.id, self.warehouse.id), Terms()), Terms(*expected))

    def _quant(self, quantity, reserved=0, **values):
        values = {"product_id": self.product.id, "location_id": self.stock.id, **values}
        return self.env["stock.quant"].create({**values, "quantity": quantity, "reserved_quantity": reserved})

    def test_nothing_at_all_is_nothing(self):
        self.assertTerms(0, 0, 0)
        free = self.env["ecom.flow.measure"]._free([self.product.id], [self.warehouse.id])
        self.assertEqual(free, {(self.product.id, self.warehouse.id): 0})

    def test_duplicate_quants_are_added_up(self):
        self._quant(3, 1)
        self._quant(4, 2)
        self.assertTerms(7, 3, 0)

    def test_negative_quants_count_as_they_are(self):
        self._quant(-4)
        self.assertTerms(-4, 0, 0)
        self._quant(9)
        self.assertTerms(5, 0, 0)

    def test_a_quant_of_nothing_with_a_reservation_counts(self):
        self._quant(0, 2)
        self._quant(5)
        self.assertTerms(5, 2, 0)

    def test_a_negative_lot_takes_from_the_other_ones(self):
        self.product.tracking = "lot"
        lots = self.env["stock.lot"].create(
            [{"product_id": self.product.id, "name": name, "company_id": self.company.id} for name in "AB"]
        )
        self._quant(-2, lot_id=lots[0].id)
        self._quant(5, lot_id=lots[1].id)
        self.assertTerms(3, 0, 0)

    def test_stock_of_others_is_not_ours(self):
        self._quant(8, owner_id=self.env["res.partner"].create({"name": "Consignor"}).id)
        self._quant(2, owner_id=self.company.partner_id.id)
        self.assertTerms(2, 0, 0)

    def test_demand_for_the_stock_of_others_is_not_ours(self):
        self._quant(5)
        owner = self.env["res.partner"].create({"name": "Consignor"})
        self._move(3, restrict_partner_id=owner.id)._action_confirm()
        self.assertTerms(5, 0, 0)

    def test_input_output_and_quality_control_are_outside(self):
        self.warehouse.write({"reception_steps": "three_steps", "delivery_steps": "pick_pack_ship"})
        for place in (
            self.warehouse.wh_input_stock_loc_id,
            self.warehouse.wh_output_stock_loc_id,
            self.warehouse.wh_qc_stock_loc_id,
            self.warehouse.wh_pack_stock_loc_id,
        ):
            self._quant(7, location_id=place.id)
        self._quant(2)
        self.assertTerms(2, 0, 0)

    def test_each_step_of_a_delivery_in_steps_takes_the_units_once(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._quant(10)
        order = self._order(4)
        order.action_confirm()
        self.assertTerms(10, 4, 0)
        pick = order.picking_ids.filtered(lambda picking: picking.location_id == self.stock)
        pick.button_validate()
        self.assertTerms(6, 0, 0)
        ship = order.picking_ids - pick
        self.assertEqual(ship.location_id, self.warehouse.wh_output_stock_loc_id)
        ship.button_validate()
        self.assertTerms(6, 0, 0)

    def test_a_part_that_is_reserved_and_a_part_that_is_not(self):
        self._quant(3)
        order = self._order(5)
        order.action_confirm()
        self.assertTerms(3, 3, 2)

    def test_a_backorder_waits_on(self):
        self._quant(3)
        order = self._order(5)
        order.action_confirm()
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._quant(10)
        self.assertTerms(10, 0, 2)

    def test_demand_in_dozens_is_counted_in_units(self):
        self._quant(40)
        self._delivery_type("manual")
        order = self._order(2)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.action_confirm()
        self.assertTerms(40, 0, 24)

    def test_demand_for_another_place_of_the_scope_takes_nothing(self):
        self._quant(10)
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self._move(4, target=shelf)._action_confirm()
        self.assertTerms(10, 0, 0)

    def test_what_goes_to_another_warehouse_has_left_this_one(self):
        self._quant(10)
        second = self.env["stock.warehouse"].create({"name": "Second", "code": "W2", "company_id": self.company.id})
        self._move(4, target=second.lot_stock_id)._action_confirm()
        self.assertTerms(10, 0, 4)
        measured = self.env["ecom.flow.measure"]._measure([self.product.id], [self.warehouse.id, second.id])
        self.assertEqual(set(measured), {(self.product.id, self.warehouse.id)})

    def test_drafts_finished_and_cancelled_moves_take_nothing(self):
        self._quant(10)
        self._move(1)
        self._move(2)._action_confirm()._action_cancel()
        self.assertTerms(10, 0, 0)

    def test_what_is_bought_to_order_takes_nothing_before_it_arrives(self):
        self._quant(10)
        receipt = self._move(4, self.suppliers, self.stock)
        delivery = self._move(4, procure_method="make_to_order", move_orig_ids=[Command.link(receipt.id)])
        (receipt | delivery)._action_confirm()
        self.assertEqual(delivery.state, "waiting")
        self.assertTerms(10, 0, 0)
        receipt.quantity = 4
        receipt.picked = True
        receipt._action_done()
        self.assertEqual(delivery.state, "assigned")
        self.assertTerms(14, 4, 0)
        delivery._do_unreserve()
        self.assertTerms(14, 0, 4)

    def test_two_companies_see_their_own_stock_of_a_shared_product(self):
        company = self.env["res.company"].create({"name": "Other sofas"})
        theirs = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._quant(3)
        self.env["stock.quant"].sudo().create(
            {"product_id": self.product.id, "location_id": theirs.lot_stock_id.id, "quantity": 50}
        )
        measured = self.env["ecom.flow.measure"]._measure([self.product.id], [self.warehouse.id, theirs.id])
        self.assertEqual(measured[self.product.id, self.warehouse.id].on_hand, 3)
        self.assertEqual(measured[self.product.id, theirs.id].on_hand, 50)

    def test_one_statement_measures_any_number_of_products(self):
        products = self.env["product.product"].create([{"name": f"P{n}", "is_storable": True} for n in range(50)])
        for product in products:
            self._quant(2, product_id=product.id)
        self.env.flush_all()
        with self.assertQueryCount(1):
            free = self.env["ecom.flow.measure"]._free(products.ids, [self.warehouse.id])
        self.assertEqual(set(free.values()), {2})


@tagged("post_install", "-at_install")
class TestStockDecide(StockCase):
    def test_free_units_are_shown_and_the_sum_is_kept(self):
        self._put(12)
        self._order(3).action_confirm()
        self._delivery_type("manual")
        self._order(2).action_confirm()
        self.assertEqual(self._decide(), 7)
        self.assertEqual((self.level.on_hand, self.level.reserved, self.level.waiting), (12, 3, 2))
        self.assertEqual(self.level.free_quantity, 7)
        self.assertEqual(
            self.level.explanation,
            "12 on hand − 3 reserved − 2 ordered and not reserved yet = 7 free; 7 ÷ 1 = 7 to show; on its way",
        )

    def test_a_listing_of_12_with_11_units_shows_0(self):
        self.listing.units = 12
        self._put(11)
        self.assertEqual(self._decide(), 0)
        self._put(1)
        self.assertEqual(self._decide(), 1)

    def test_dust_of_floats_costs_no_unit(self):
        self.listing.units = 0.1
        self._put(0.3)
        self.assertEqual(self._decide(), 3)
        self.listing.units = 1
        self.product.uom_id.rounding = 0.00000001
        self._put(0.7 - 0.0000001)
        self.assertEqual(self._decide(), 1)

    def test_negative_stock_shows_0(self):
        self._put(-4)
        self.assertEqual(self._decide(), 0)
        self.assertEqual(self.level.free_quantity, -4)

    def test_the_first_decision_goes_out_even_if_it_is_0(self):
        self.assertEqual(self._decide(), 0)
        self.assertEqual((self.level.sequence, self.level.published_sequence), (1, 0))

    def test_only_a_changed_decision_counts_up(self):
        self._put(5)
        self._decide()
        self.assertEqual(self.level.sequence, 1)
        self._put(3)
        self._order(3).action_confirm()
        self._decide()
        self.assertEqual((self.level.sequence, self.level.on_hand, self.level.decided), (1, 8, 5))
        self._put(1)
        self._decide()
        self.assertEqual((self.level.sequence, self.level.decided), (2, 6))

    def test_a_decision_keeps_the_moment_of_its_earliest_change(self):
        self._decide()
        self.level.published_sequence = self.level.sequence
        self._put(1)
        self.env.cr.flush()
        self.env.cr.execute("UPDATE ecom_stock_change SET changed_at = '2026-01-01 10:00:00'")
        self._put(1)
        self._decide()
        self.assertEqual(str(self.level.changed_at), "2026-01-01 10:00:00")
        self._put(1)
        self._decide()
        self.assertEqual(str(self.level.changed_at), "2026-01-01 10:00:00", "what still waits has waited since then")

    def test_changes_are_read_in_portions(self):
        for turn in range(5):
            self._put(turn + 1)
            self.env.cr.flush()
        self.assertEqual(self.env["ecom.flow.decide"]._decide_changes(3), 3)
        self.assertEqual(self.env["ecom.flow.decide"]._decide_changes(3), 2)
        self.assertEqual(self.env["ecom.flow.decide"]._decide_changes(3), 0)

    def test_channels_that_are_off_are_not_decided(self):
        self._decide()
        self.channel.mode = "off"
        self._put(5)
        self.assertEqual(self._decide(), 0)
        self.channel.mode = "test"
        self.assertEqual(self._decide(), 5)


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

    def test_a_channel_that_was_off_is_asked_again_what_it_shows(self):
        self.level.write({"published": 5, "known": True, "published_sequence": self.level.sequence})
        self.channel.publish_stock = False
        self.channel.publish_stock = True
        self.assertFalse(self.level.known)
        self.assertGreater(self.level.sequence, self.level.published_sequence)


@tagged("post_install", "-at_install")
class TestRecount(StockCase):
    def _recount(self):
        """The products the daily recount finds to be wrong, by name."""
        self._forget()
        housekeep = self.env["ecom.flow.housekeep"]
        for task in ("_fit_levels", "_recount_levels"):
            self.assertIn(task, housekeep._tasks())
            getattr(housekeep, task)(100)
        return self._changes()

    def test_what_was_decided_rightly_is_left_alone(self):
        self._put(5)
        self._decide()
        self.assertFalse(self._recount())

    def test_a_change_that_no_hook_saw_is_found(self):
        self._put(5)
        self._decide()
        self.env.cr.execute("UPDATE stock_quant SET quantity = 3 WHERE product_id = %s", [self.product.id])
        self.assertEqual(self._recount(), {"Sofa"})
        self.assertEqual(self._decide(), 3)
        self.assertFalse(self._recount())

    def test_a_level_that_was_never_decided_is_found(self):
        self.assertEqual(self._recount(), {"Sofa"})

    def test_a_product_that_became_made_to_order_by_a_new_rule_has_no_level(self):
        self._decide()
        route = self.env["stock.route"].create({"name": "Ours", "product_selectable": True})
        self.product.route_ids = route
        self.assertEqual(self.listing.level_ids, self.level)
        self.env["stock.rule"].create(
            {
                "name": "To order",
                "route_id": route.id,
                "action": "pull",
                "procure_method": "make_to_order",
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_src_id": self.stock.id,
                "location_dest_id": self.customers.id,
            }
        )
        self._recount()
        self.assertFalse(self.env["ecom.stock.level"].search([("listing_id", "=", self.listing.id)]))
