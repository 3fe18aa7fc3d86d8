"""Each term by itself, and the edge cases of what lies where."""

from odoo.tests import tagged
from odoo.tools import SQL

from .terms_case import TermsCase


@tagged("post_install", "-at_install")
class TestMeasure(TermsCase):
    def test_nothing_at_all_is_nothing(self):
        self.assertTerms()

    def test_a_negative_quant_counts_as_it_is(self):
        self._quant(-4)
        self.assertTerms(on_hand=-4)
        self._quant(9)
        self.assertTerms(on_hand=5)

    def test_duplicate_quants_are_added_up(self):
        self._quant(3, 1)
        self._quant(4, 2)
        self.assertTerms(on_hand=7, reserved=3)

    def test_a_quant_with_quantity_0_and_a_reservation_counts(self):
        self._quant(0, 2)
        self._quant(5)
        self.assertTerms(on_hand=5, reserved=2)

    def test_a_negative_lot_takes_from_the_positive_one(self):
        self._quant(-2, lot_id=self._lot("A").id)
        self._quant(5, lot_id=self._lot("B").id)
        self.assertTerms(on_hand=3)

    def test_untracked_stock_of_a_tracked_product_counts(self):
        self._quant(4)
        self._quant(5, lot_id=self._lot("A").id)
        self.assertTerms(on_hand=9)

    def test_float_dust_is_no_unit(self):
        self._quant(0.1 + 0.2)
        self._quant(0.7)
        self.assertEqual(self._terms().available, 1)

    def test_goods_in_a_package_count(self):
        self._quant(6, package_id=self.env["stock.package"].create({"name": "Box"}).id)
        self.assertTerms(on_hand=6)

    def test_owner_stock_is_set_aside(self):
        self._quant(8, owner_id=self.env["res.partner"].create({"name": "Consignor"}).id)
        self._quant(2, owner_id=self.company.partner_id.id)
        self.assertTerms(on_hand=2, foreign=8)

    def test_a_reservation_on_the_goods_of_others_takes_nothing_from_ours(self):
        self._quant(8, 3, owner_id=self.env["res.partner"].create({"name": "Consignor"}).id)
        self._quant(2)
        self.assertTerms(on_hand=2, foreign=8)

    # ----------------------------------------------------------------- places
    def test_multi_step_receipts_are_set_aside_and_multi_step_deliveries_counted_nowhere(self):
        self.warehouse.write({"reception_steps": "three_steps", "delivery_steps": "pick_pack_ship"})
        self._quant(1, location_id=self.warehouse.wh_input_stock_loc_id.id)
        self._quant(2, location_id=self.warehouse.wh_qc_stock_loc_id.id)
        self._quant(4, location_id=self.warehouse.wh_pack_stock_loc_id.id)
        self._quant(8, location_id=self.warehouse.wh_output_stock_loc_id.id)
        self.assertTerms(inspected=3)

    def test_a_quarantine_beside_the_stock_is_set_aside(self):
        self._quant(3, location_id=self._shelf("Quarantine", self.warehouse.view_location_id).id)
        self._quant(5)
        self.assertTerms(on_hand=5, quarantined=3)

    def test_a_return_received_into_quarantine_counts_once_it_is_released(self):
        quarantine = self._shelf("Quarantine", self.warehouse.view_location_id)
        self._put(3, location=quarantine)
        self.assertEqual(self._decide(), 0)
        move = self._move(3, quarantine, self.stock)
        move._action_confirm()
        move._action_assign()
        move.picked = True
        move._action_done()
        self.assertTerms(on_hand=3)
        self.assertEqual(self._decide(), 3)

    def test_what_a_person_says_of_a_location_comes_first(self):
        damaged = self._shelf("Broken", ecom_kind="damaged")
        self._quant(2, location_id=damaged.id)
        self._quant(3, location_id=self._shelf("But this is fine", damaged, ecom_kind="free").id)
        self._quant(4, location_id=self._shelf("To look at", ecom_kind="inspection").id)
        self._quant(8, location_id=self._shelf("Shop window", self.warehouse.view_location_id, ecom_kind="free").id)
        self.assertTerms(on_hand=11, damaged=2, inspected=4)

    def test_a_put_away_to_an_excluded_child_takes_the_goods_out_of_sale(self):
        showroom = self._shelf("Showroom")
        self._scope(excluded_location_ids=showroom.ids)
        self._quant(10)
        self._move(4, target=showroom)._action_confirm()
        self.assertTerms(on_hand=10, waiting=4)
        self._quant(4, location_id=showroom.id)
        self.assertTerms(on_hand=10, waiting=4)

    def test_an_internal_move_fully_inside_the_scope_takes_nothing_unless_reserved(self):
        self._put(10)
        move = self._move(4, target=self._shelf("Shelf"))
        move._action_confirm()
        self.assertTerms(on_hand=10)
        move._action_assign()
        self.assertTerms(on_hand=10, reserved=4)

    def test_a_location_that_is_archived_holds_nothing(self):
        shelf = self._shelf("Shelf")
        self._quant(4, location_id=shelf.id)
        self.assertTerms(on_hand=4)
        shelf.with_context(do_not_check_quant=True).active = False
        self.assertTerms()

    def test_a_location_that_is_moved_between_warehouses_takes_its_goods_along(self):
        second = self._warehouse("W2")
        other = self._new_channel("Second", warehouse_id=second.id)
        level = self._new_listing(self.product, "S1", channel_id=other.id).level_ids
        shelf = self._shelf("Shelf")
        self._quant(4, location_id=shelf.id)
        shelf.location_id = second.lot_stock_id
        self.assertTerms()
        self.assertTerms(level, on_hand=4)

    # ---------------------------------------------------------------- on the way
    def test_inter_warehouse_transit_counts_in_neither_warehouse_and_arrives_in_one(self):
        second = self._warehouse("W2")
        level = self._new_listing(
            self.product, "S1", channel_id=self._new_channel("Second", warehouse_id=second.id).id
        ).level_ids
        transit = self.company.internal_transit_location_id
        self._put(10)
        out = self._move(4, target=transit, date="2031-01-01 12:00:00")
        arriving = self._move(
            4, transit, second.lot_stock_id, date="2031-01-03 12:00:00", procure_method="make_to_order",
            move_orig_ids=[(4, out.id)],
        )  # fmt: skip
        (out | arriving)._action_confirm()
        self.assertTerms(on_hand=10, waiting=4)
        schedule = self._terms(level).incoming
        self.assertEqual([(f"{day}", units) for day, units in schedule], [("2031-01-03", 4)])
        out._action_assign()
        out.picked = True
        out._action_done()
        self.assertTerms(on_hand=6)
        self.assertTerms(level, travelling=4, incoming=schedule)

    def test_what_comes_in_is_listed_by_day_where_the_company_is(self):
        self.company.partner_id.tz = "Asia/Tokyo"
        for moment in ("2031-05-02 20:00:00", "2031-05-01 10:00:00"):
            self._move(3, self.suppliers, self.stock, date=moment)._action_confirm()
        self._move(9, self.suppliers, self.stock)._action_confirm()._action_cancel()
        days = [(f"{day}", units) for day, units in self._terms().incoming]
        self.assertEqual(days, [("2031-05-01", 3), ("2031-05-03", 3)])

    def test_a_receipt_in_three_steps_comes_in_once(self):
        self.warehouse.reception_steps = "three_steps"
        receipt = self._move(
            5, self.suppliers, self.warehouse.wh_input_stock_loc_id, location_final_id=self.stock.id,
            picking_type_id=self.warehouse.in_type_id.id,
        )  # fmt: skip
        receipt._action_confirm()
        self.assertEqual([units for _day, units in self._terms().incoming], [5])
        receipt.quantity = 5
        receipt.picked = True
        receipt._action_done()
        self.assertTerms(inspected=5)

    # ---------------------------------------------------------------- companies
    def test_a_product_shared_by_two_companies_counts_for_each_its_own(self):
        company = self.env["res.company"].create({"name": "Other sofas"})
        theirs = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self._quant(3)
        self.env["stock.quant"].sudo().create(
            {"product_id": self.product.id, "location_id": theirs.lot_stock_id.id, "quantity": 50}
        )
        self.assertTerms(on_hand=3)

    def test_a_location_of_no_company_counts_where_it_stands(self):
        shared = self.env["stock.location"].create({"name": "Shared", "company_id": False, "location_id": False})
        self._quant(4, location_id=shared.id)
        self.assertTerms()
        self._scope(location_ids=shared.ids)
        self.assertTerms(on_hand=4)

    def test_a_user_of_one_company_in_the_cron_measures_both(self):
        company = self.env["res.company"].create({"name": "Other sofas"})
        theirs = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        product = self.product.with_company(company)
        channel = self._new_channel("Theirs", company_id=company.id, warehouse_id=theirs.id)
        listing = self.env["ecom.listing"].create(
            {"channel_id": channel.id, "external_id": "T", "name": "T", "product_id": product.id, "state": "matched"}
        )
        self.env["stock.quant"].sudo().create(
            {"product_id": self.product.id, "location_id": theirs.lot_stock_id.id, "quantity": 50}
        )
        self.assertTerms(listing.level_ids, on_hand=50)

    # --------------------------------------------------------------- the figure
    def test_any_number_of_levels_is_measured_by_the_same_few_statements(self):
        products = self.env["product.product"].create([{"name": f"P{n}", "is_storable": True} for n in range(30)])
        for product in products:
            self._new_listing(product, product.name)
            self._quant(2, product_id=product.id)
        self.env.flush_all()
        levels = self.env["ecom.flow.decide"]._levels(SQL("level.channel_id = %s", self.channel.id))
        self.assertEqual(self._statements(levels), self._statements(levels[:2]))

    def _statements(self, levels):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["ecom.flow.measure"]._measure_levels(levels)
        return self.cr.sql_log_count - before

    def test_goods_at_a_subcontractor_count_for_no_channel(self):
        place = self.env["stock.location"].create(
            {"name": "Subcontractor", "location_id": False, "company_id": self.company.id}
        )
        self._quant(9, location_id=place.id)
        self.assertTerms()

    def test_services_consumables_dropshipped_and_made_to_order_have_no_level_and_never_show_0(self):
        route = self.env["stock.route"].create({"name": "Dropship", "product_selectable": True})
        self.env["stock.rule"].create(
            {
                "name": "Supplier to customer",
                "route_id": route.id,
                "action": "pull",
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_src_id": self.suppliers.id,
                "location_dest_id": self.customers.id,
            }
        )
        dropshipped = self._new_product("Dropshipped", route_ids=route.ids)
        to_order = self._new_product("Made to order", route_ids=self.warehouse.mto_pull_id.route_id.ids)
        self.warehouse.mto_pull_id.active = True
        self.warehouse.mto_pull_id.route_id.active = True
        others = [
            self._new_product("Service", is_storable=False, type="service"),
            self._new_product("Consumable", is_storable=False),
            dropshipped,
            to_order,
        ]
        for product in others:
            self.assertFalse(self._new_listing(product, product.name).level_ids, product.name)

    def test_a_cancelled_picking_gives_its_goods_back(self):
        self._put(10)
        order = self._order(4)
        order.action_confirm()
        self.assertTerms(on_hand=10, reserved=4)
        order.picking_ids.action_cancel()
        self.assertTerms(on_hand=10)

    def test_what_is_partially_reserved_waits_for_the_rest(self):
        self._put(3)
        self._order(5).action_confirm()
        self.assertTerms(on_hand=3, reserved=3, waiting=2)

    def test_a_back_order_waits_on(self):
        self._put(3)
        order = self._order(5)
        order.action_confirm()
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._put(10)
        self.assertTerms(on_hand=10, waiting=2)
        order.picking_ids.action_assign()
        self.assertTerms(on_hand=10, reserved=2)
