"""How many kits there are, by the edge cases of kits."""

from odoo import Command, fields
from odoo.tests import tagged

from .kit_case import KitCase


@tagged("post_install", "-at_install")
class TestKits(KitCase):
    def test_the_scarcest_component_decides(self):
        self._put(9, self.top)
        self._put(18, self.leg)
        self.assertEqual(self._available(), 4.5)
        self.assertEqual(self._decide(), 4)
        self.assertEqual(self._by_core(self.table), 4)

    def test_nested_phantom_kits_come_down_to_their_last_components(self):
        chair, seat = self._new_product("Chair", is_storable=False), self._new_product("Seat")
        self._new_kit(chair, {seat: 1, self.leg: 4})
        garden = self._new_product("Garden set", is_storable=False)
        self._new_kit(garden, {self.table: 1, chair: 2})
        listing = self._new_listing(garden, "K2")
        for product, quantity in ((self.top, 9), (seat, 9), (self.leg, 26)):
            self._put(quantity, product)
        self.assertAlmostEqual(self._available(listing), 26 / 12)
        self.assertEqual(self._by_core(garden), 2)

    def test_the_same_component_twice_counts_twice(self):
        self.bom.bom_line_ids = [Command.create({"product_id": self.leg.id, "product_qty": 2})]
        self._put(9, self.top)
        self._put(18, self.leg)
        self.assertEqual(self._available(), 3)
        self.assertEqual(self._by_core(self.table), 3)

    def test_an_optional_line_of_0_limits_nothing(self):
        self.bom.bom_line_ids = [Command.create({"product_id": self.other.id, "product_qty": 0})]
        self._put(2, self.top)
        self._put(8, self.leg)
        self.assertEqual(self._available(), 2)

    def test_a_fractional_component_uom_is_counted_in_the_component_s_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = self.bom.bom_line_ids.filtered(lambda line: line.product_id == self.leg)
        line.write({"product_uom_id": dozen.id, "product_qty": 0.5})
        self._put(9, self.top)
        self._put(13, self.leg)
        self.assertAlmostEqual(self._available(), 13 / 6)
        self.assertEqual(self._decide(), 2)

    def test_a_kit_output_qty_above_1_is_shared_by_all_it_makes(self):
        self.bom.product_qty = 3
        self._put(9, self.top)
        self._put(8, self.leg)
        self.assertEqual(self._available(), 6)
        self.assertEqual(self._by_core(self.table), 6)

    def test_mixed_uoms_do_not_round_the_kit_by_its_last_component(self):
        """Core rounds the ratio of each kit by the unit of the component it looked at last."""
        cloth = self._new_product("Cloth", uom_id=self.env.ref("uom.product_uom_meter").id)
        curtain = self._new_product("Curtain", is_storable=False)
        self._new_kit(
            curtain,
            [
                {"product_id": self.leg.id, "product_qty": 1},
                {"product_id": cloth.id, "product_qty": 2.5, "product_uom_id": cloth.uom_id.id},
            ],
        )
        listing = self._new_listing(curtain, "K2")
        self._put(7, self.leg)
        self._put(16, cloth)
        self.assertEqual(self._available(listing), 6.4)

    def test_a_kit_sold_by_the_dozen_shows_whole_dozens(self):
        self.listing.units = 12
        self._put(30, self.top)
        self._put(100, self.leg)
        self.assertEqual(self._available(), 25)
        self.assertEqual(self._decide(), 2)

    def test_a_consumable_only_kit_has_no_level_and_never_shows_0(self):
        glue = self._new_product("Glue", is_storable=False)
        pack = self._new_product("Pack of glue", is_storable=True)
        self._new_kit(pack, {glue: 3})
        self.assertFalse(self._new_listing(pack, "K2").level_ids)

    def test_a_consumable_among_the_components_limits_nothing(self):
        self.bom.bom_line_ids = [
            Command.create({"product_id": self._new_product("Glue", is_storable=False).id, "product_qty": 1})
        ]
        self._put(2, self.top)
        self._put(8, self.leg)
        self.assertEqual(self._available(), 2)

    def test_variant_specific_bom_lines_count_for_their_variant_only(self):
        colour = self.env["product.attribute"].create(
            {"name": "Colour", "value_ids": [Command.create({"name": name}) for name in ("Red", "Blue")]}
        )
        template = self.env["product.template"].create(
            {
                "name": "Lamp",
                "attribute_line_ids": [
                    Command.create({"attribute_id": colour.id, "value_ids": [Command.set(colour.value_ids.ids)]})
                ],
            }
        )
        red, blue = template.product_variant_ids
        shade = self._new_product("Red shade")
        value = red.product_template_attribute_value_ids
        self._new_kit(
            red,
            [
                {"product_id": self.leg.id, "product_qty": 1},
                {
                    "product_id": shade.id,
                    "product_qty": 1,
                    "bom_product_template_attribute_value_ids": [Command.set(value.ids)],
                },
            ],
        )
        self._put(5, self.leg)
        self._put(2, shade)
        self.assertEqual(self._available(self._new_listing(red, "R")), 2)
        self.assertEqual(self._available(self._new_listing(blue, "B")), 5)

    def test_two_kits_sharing_a_component_and_the_component_itself_see_the_same_units(self):
        stool = self._new_product("Stool", is_storable=False)
        self._new_kit(stool, {self.leg: 3})
        stools, legs = self._new_listing(stool, "K2"), self._new_listing(self.leg, "L")
        self._put(9, self.top)
        self._put(12, self.leg)
        self.assertEqual([self._available(listing) for listing in (self.listing, stools, legs)], [3, 4, 12])
        self._move(6, product=self.leg)._action_confirm()
        self.assertEqual([self._available(listing) for listing in (self.listing, stools, legs)], [1.5, 2, 6])

    def test_raw_material_reservation_takes_components_from_their_kits(self):
        self._put(9, self.top)
        self._put(12, self.leg)
        made = self._new_product("Made here")
        bom = self._new_kit(made, {self.leg: 8}, type="normal")
        order = self.env["mrp.production"].create(
            {"product_id": made.id, "product_qty": 1, "bom_id": bom.id, "company_id": self.company.id}
        )
        order.action_confirm()
        self.assertEqual(self._available(), 1)
        order.action_assign()
        self.assertEqual(self._available(), 1)

    def test_a_bill_of_another_company_makes_no_kit_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._new_kit(self.product, {self.leg: 1}, company_id=other.id)
        self._put(5)
        self._put(2, self.leg)
        listing = self.env["ecom.listing"].search([("product_id", "=", self.product.id)])
        self.assertEqual(self._available(listing), 5)

    def test_a_component_of_another_company_s_warehouse_counts_for_nobody_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self._put(9, self.top)
        self.env["stock.quant"].sudo().create(
            {"product_id": self.leg.id, "location_id": theirs.lot_stock_id.id, "quantity": 100}
        )
        self.assertEqual(self._available(), 0)

    def test_a_kit_comes_in_with_its_last_component(self):
        self._put(1, self.top)
        self._put(4, self.leg)
        self._move(8, self.suppliers, self.stock, self.leg, date="2031-05-01 12:00:00")._action_confirm()
        self._move(1, self.suppliers, self.stock, self.top, date="2031-06-01 12:00:00")._action_confirm()
        self.assertEqual([(f"{day}", kits) for day, kits in self._terms().incoming], [("2031-06-01", 1)])


@tagged("post_install", "-at_install")
class TestPromisedKits(KitCase):
    def setUp(self):
        super().setUp()
        self._put(9, self.top)
        self._put(12, self.leg)

    def _hold(self, product, quantity):
        until = fields.Datetime.add(fields.Datetime.now(), hours=1)
        return self.env["ecom.stock.hold"]._hold(f"test:{product.id}", self.company, {product: quantity}, until)

    def test_a_kit_that_is_held_holds_its_components(self):
        legs = self._new_listing(self.leg, "L")
        self._hold(self.table, 1)
        self.assertEqual(self._terms(legs.level_ids).held, 4)
        self.assertEqual(self._available(), 2)

    def test_a_component_that_is_held_is_missing_in_its_kit(self):
        self._hold(self.leg, 8)
        self.assertEqual(self._available(), 1)

    def test_a_kit_in_a_channel_order_that_is_not_confirmed_holds_its_components(self):
        legs = self._new_listing(self.leg, "L")
        order = self._order(2, self.table)
        order.ecom_channel_id = self.channel
        self.assertEqual(self._terms(legs.level_ids).held, 8)
        order.action_confirm()
        self.assertEqual(self._terms(legs.level_ids).held, 0)
        self.assertEqual(self._available(legs), 4)

    def test_a_kit_and_its_component_on_two_channels_lose_what_the_other_sold(self):
        elsewhere = self._new_channel("Elsewhere")
        legs = self._new_listing(self.leg, "L", channel_id=elsewhere.id)
        self.level.in_flight = 1
        self.assertEqual(self._terms(legs.level_ids).unimported, 4)
        self.level.in_flight = 0
        legs.level_ids.in_flight = 8
        self.assertEqual(self._terms().unimported, 2)
        self.assertEqual(self._terms(legs.level_ids).unimported, 0)
