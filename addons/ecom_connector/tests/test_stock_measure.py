"""The sum behind what may be sold, and its edge cases."""

from odoo import Command
from odoo.addons.ecom_connector.flow.measure import Terms
from odoo.tests import tagged

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

    def test_an_order_of_a_channel_that_is_held_as_a_quotation_takes_its_units(self):
        self._quant(10)
        order = self._order(4)
        self.assertTerms(10, 0, 0)
        order.ecom_channel_id = self.channel
        self.assertEqual(self._decide(), 6)
        self.assertTerms(10, 0, 4)
        order._action_cancel()
        self.assertEqual(self._decide(), 10)
