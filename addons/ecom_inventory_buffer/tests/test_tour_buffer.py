from datetime import timedelta

from odoo import fields
from odoo.addons.ecom_connector.tests.tour_case import TourCase
from odoo.tests import tagged

GROUPS = (
    "ecom_connector.ecom_connector_group_channel_manager",
    "stock.group_stock_user",
    "sales_team.group_sale_manager",
)


@tagged("post_install", "-at_install")
class TestTourBuffer(TourCase):
    """A merchant's afternoon: a rule from a template, why it says 7, and what if."""

    def test_a_rule_is_made_it_explains_itself_and_another_one_is_tried(self):
        self.channel.mode = "live"
        self.make_user("ecom_merchant", *GROUPS)
        product = self.make_product("LAMP", 12, name="Desk Lamp")
        self.make_listing(product)
        self._sell_yesterday(product)
        self.env["ecom.buffer.rule"].search([]).unlink()
        self.look("ecommerce-buffer-rules", "ecom_rule_from_a_template", "ecom_merchant")
        rule = self.env["ecom.buffer.rule"].search([("company_id", "=", self.company.id)])
        self.assertEqual((rule.name, rule.keep_back, rule.cap), ("Two units kept back", 2, 7))
        self.env["ecom.flow.decide"]._decide_changes(1000)
        self.assertEqual(product.ecom_level_ids.decided, 7)
        self.look(f"action-product.product_normal_action_sell/{product.id}", "ecom_why_it_says_seven", "ecom_merchant")
        self.assertEqual(self.env["ecom.buffer.rule"].search_count([("company_id", "=", self.company.id)]), 1)

    def test_stock_is_held_a_difference_is_decided_and_an_oversold_line_says_why(self):
        self.channel.mode = "live"
        self.make_user("ecom_watcher", *GROUPS)
        product = self.make_product("LAMP", 5, name="Desk Lamp", standard_price=4)
        listing = self.make_listing(product)
        self.env["ecom.buffer.rule"].create({"name": "Always ten", "use_constant": True, "constant": 10})
        self.place(self.goods(product, 80, quantity=8))
        self._drift(listing)
        self.env.flush_all()
        self.env["ecom.flow.decide"]._decide_changes(1000)
        self.assertEqual(self.env["ecom.flow.oversell"]._find().mapped("cause"), ["rule"])
        self.look("ecommerce-held-stock", "ecom_watch_the_stock", "ecom_watcher")
        hold = self.env["ecom.stock.hold"].search([("product_id", "=", product.id)])
        self.assertEqual((hold.name, hold.quantity, hold.state), ("Mrs Miller", 2, "released"))
        self.assertFalse(self.env["ecom.stock.drift"].search([("waits", "=", True), ("listing_id", "=", listing.id)]))

    def _drift(self, listing):
        """A comparison found fewer there than we set, and a person is to decide."""
        audit = self.env["ecom.stock.audit"].create({"channel_id": self.channel.id, "state": "done", "compared": 1})
        figures = {"shown": 4, "expected": 7, "decided": 7, "difference": -3, "cause": "edited", "waits": True}
        self.env["ecom.stock.drift"].create(
            {"audit_id": audit.id, "listing_id": listing.id, "level_id": listing.level_ids.id, **figures}
        )

    def _sell_yesterday(self, product):
        """An order that left yesterday."""
        order = self.place(self.goods(product, 10))
        order.ecom_placed_at = fields.Datetime.now() - timedelta(days=1)
        order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
        order.picking_ids.button_validate()
        warehouse = order.warehouse_id
        self.env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 1)
        self.env["ecom.flow.learn"]._learn_demand()
