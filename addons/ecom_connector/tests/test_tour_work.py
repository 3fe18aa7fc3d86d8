from odoo import fields
from odoo.tests import tagged

from .tour_case import TourCase

OPERATOR = "ecom_connector.ecom_connector_group_operator"
MANAGER = "ecom_connector.ecom_connector_group_channel_manager"


@tagged("post_install", "-at_install")
class TestTourWork(TourCase):
    """A day's work on the screens, each by whom it is done, while the engine runs beside."""

    def setUp(self):
        super().setUp()
        self.channel.mode = "live"
        self.shop = self.make_shop(self.channel)
        self.lantern = next(item for item in self.shop.items() if item.name == "Camping lantern")
        # Nothing but what a test says is asked for by itself.
        self.channel.cursor_ids.next_try = False

    def due(self, *topics):
        cursors = self.channel.cursor_ids.filtered(lambda cursor: cursor.topic in topics)
        cursors.next_try = fields.Datetime.now()
        self.env.flush_all()

    def buy(self, quantity=1):
        """An order of lanterns in the shop; it is not here yet."""
        return self.shop.place_order([(self.lantern.id, quantity)])

    def take_in(self):
        """Let the engine read and work off what the shop has."""
        self.due("orders")
        self.work()

    # ------------------------------------------------------------------ listings
    def test_unmatched_listings_are_reviewed(self):
        self.make_user("ecom_operator", OPERATOR)
        self.sell(self.lantern)
        bag = self.make_product("OUR-BAG", 10, name="Our Dry Bag")
        self.due("products")
        self.work()
        listings = self.env["ecom.listing"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(listings.filtered(lambda listing: listing.state == "matched").name, "Camping lantern")
        self.look("ecommerce-review", "ecom_review_listings", "ecom_operator")
        small = listings.filtered(lambda listing: listing.name == "Dry bag 10 l")
        large = listings.filtered(lambda listing: listing.name == "Dry bag 20 l")
        self.assertEqual((small.state, small.product_id), ("matched", bag))
        self.assertEqual((large.state, large.product_id.id), ("ignored", False))
        unmatched = listings.filtered(lambda listing: listing.state == "unmatched")
        self.assertEqual(len(unmatched), len(listings) - 3)

    # -------------------------------------------------------------------- orders
    def test_an_order_appears_while_one_looks(self):
        self.make_user("ecom_operator", OPERATOR)
        self.sell(self.lantern, list_price=1)
        bought = []

        def buy():
            bought.append(self.buy()["number"])

        # The shop is asked again every few seconds, like any other.
        self.due("orders")
        with self.working("sale.order", then=buy):
            self.look("ecommerce-orders", "ecom_watch_an_order_arrive", "ecom_operator")
        order = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        self.assertEqual((order.ecom_number, order.state), (bought[0], "sale"))
        self.assertMoney(order.amount_total, order.ecom_total)

    # ---------------------------------------------------------------- exceptions
    def test_an_exception_is_worked_off(self):
        """Two taxes of 20 % exist: which one the shop means is for a person to say."""
        self.make_user("ecom_manager", MANAGER)
        self.channel.responsible_id = self.env["res.users"].search([("login", "=", "ecom_manager")])
        self.make_tax(20, name="Another 20 %")
        self.sell(self.lantern)
        self.buy()
        self.take_in()
        exception = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((exception.category, exception.state), ("mapping", "open"))
        with self.working("ecom.exception"):
            self.look("ecommerce-exceptions", "ecom_work_off_an_exception", "ecom_manager")
        self.assertEqual(exception.state, "solved")
        order = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        self.assertEqual(order.order_line.tax_ids, self.tax20)
        self.assertMoney(order.amount_total, order.ecom_total)

    def test_a_message_is_tried_again(self):
        """Nobody knew the product; now there is one."""
        self.make_user("ecom_operator", OPERATOR)
        self.buy()
        self.take_in()
        message = self.env["ecom.message"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual(message.state, "failed")
        self.assertIn("Camping lantern", message.problem)
        self.sell(self.lantern)
        with self.working("ecom.message"):
            self.look("ecommerce-messages", "ecom_retry_a_message", "ecom_operator")
        self.assertEqual(message.state, "done")
        self.assertEqual(message.order_id.state, "sale")

    # ----------------------------------------------------------------- shipments
    def test_a_delivery_leaves_in_two_parcels_and_the_shop_hears_of_both(self):
        self.make_user("ecom_warehouse", "stock.group_stock_user")
        self.sell(self.lantern)
        bought = self.buy(quantity=2)
        self.take_in()
        order = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        picking = order.picking_ids
        self.assertEqual(picking.state, "assigned")
        self.look(f"action-stock.action_picking_tree_all/{picking.id}", "ecom_ship_two_parcels", "ecom_warehouse")
        self.work()
        self.assertEqual(picking.state, "done")
        parcels = picking.ecom_shipment_ids.sorted("parcel")
        self.assertEqual(parcels.mapped("tracking_number"), ["BOX-ONE", "BOX-TWO"])
        self.assertEqual(parcels.mapped("told_state"), ["told", "told"])
        told = [paper for paper in self.shop.papers("parcel") if paper["order_id"] == bought["id"]]
        self.assertEqual(sorted(paper["tracking_number"] for paper in told), ["BOX-ONE", "BOX-TWO"])
        outcomes = [entry.outcome for entry in self.shop.journal("parcel")]
        self.assertEqual(outcomes, ["applied", "applied"])
