from odoo import fields
from odoo.tests import tagged

from .tour_case import TourCase

OPERATOR = "ecom_connector.ecom_connector_group_operator"


class AfterImportCase(TourCase):
    """An order of three lanterns and a dry bag, of which two lanterns have left in one box."""

    def setUp(self):
        super().setUp()
        self.channel.mode = "live"
        self.shop = self.make_shop(self.channel)
        self.channel.cursor_ids.next_try = False
        names = {item.name: item for item in self.shop.items()}
        self.lantern, self.bag = names["Camping lantern"], names["Dry bag 10 l"]
        self.sell(self.lantern)
        self.sell(self.bag)
        self.bought = self.shop.place_order([(self.lantern.id, 3), (self.bag.id, 1)])
        self.take_in()
        self.order = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        self.ship_two()

    def take_in(self):
        cursor = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders")
        cursor.next_try = fields.Datetime.now()
        self.work()

    def ship_two(self):
        picking = self.order.picking_ids
        self.assertEqual(sorted(picking.move_ids.mapped("product_id.name")), ["Camping lantern", "Dry bag 10 l"])
        picking.carrier_tracking_ref = "BOX-ONE"
        for move in picking.move_ids:
            move.write({"quantity": 2 if move.product_id.name == self.lantern.name else 0, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.work()

    def edit_there(self):
        """One lantern instead of three, one bag more."""
        lantern, bag = self.bought["lines"][:2]
        with self.shop.change() as change:
            # Two of three have left, which the shop's own people may know better than its program.
            order = change.load("order", self.bought["id"])
            order["lines"][0]["shipped"] = 0
            change.save(order)
        self.shop.edit_order(self.bought["id"], {lantern["id"]: 1, bag["id"]: 2})
        self.take_in()


@tagged("post_install", "-at_install")
class TestTourAfterImport(AfterImportCase):
    def test_the_road_is_read_on_the_phone_and_an_edit_is_decided_side_by_side(self):
        """By a salesperson on the phone, then by an operator at a desk."""
        self.make_user("ecom_seller", "sales_team.group_sale_salesman_all_leads")
        self.make_user("ecom_operator", OPERATOR)
        with self.on_a_phone():
            self.look(f"action-ecom_connector.sale_order_action/{self.order.id}", "ecom_read_the_road", "ecom_seller")
        self.edit_there()
        self.look("ecommerce-exceptions", "ecom_decide_on_a_change", "ecom_operator")
        goods = self.order.order_line.filtered(lambda line: line.product_id.is_storable)
        quantities = {line.product_id.name: line.product_uom_qty for line in goods}
        self.assertEqual(quantities, {"Camping lantern": 3, "Dry bag 10 l": 2})
