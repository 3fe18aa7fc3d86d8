"""What a listing may show, and the recount that finds what was missed."""

from odoo.tests import tagged

from .stock_case import StockCase


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
