from odoo.tests import tagged

from .shopify_tour_case import ShopifyTourCase

ADMINISTRATOR = "ecom_connector.ecom_connector_group_administrator"
MANAGER = "ecom_connector.ecom_connector_group_channel_manager"
OPERATOR = "ecom_connector.ecom_connector_group_operator"


@tagged("post_install", "-at_install")
class TestTourShopify(ShopifyTourCase):
    # ------------------------------------------------------------------- set up
    def grant_while_they_look(self):
        """At first the app may hardly do anything; after each look at what it may do, the shop's owner allows more."""
        more = [["write_inventory"], ["write_products"]]
        self.shop.scopes[:] = [scope for scope in self.shop.scopes if [scope] not in more]
        answer = self.desk.answer

        def answer_and_grant(path, headers, body):
            told = answer(path, headers, body)
            if b"query Scopes" in body and more:
                self.shop.scopes += more.pop()
            return told

        self.desk.answer = answer_and_grant

    def test_a_shop_is_connected_from_nothing_and_what_the_app_may_not_do_is_named(self):
        self.make_user("ecom_administrator", ADMINISTRATOR)
        self.grant_while_they_look()
        known = self.env["ecom.channel"].search([])
        self.look(f"ecommerce?shop={self.shop.url}", "ecom_connect_a_shopify", "ecom_administrator")
        channel = self.env["ecom.channel"].search([]) - known
        self.assertEqual((channel.name, channel.code, channel.mode), ("Corner Shop", "shopify", "test"))
        places = self.env["ecom.location.map"].search([("channel_id", "=", channel.id)], order="name desc")
        self.assertEqual(places.mapped("name"), ["Front", "Back"])
        self.assertEqual(places.mapped("publish"), [True, False])
        sites = channel.site_ids.sorted("name")
        self.assertEqual(sites.mapped("name"), ["Canada", "Home"])
        self.assertEqual(sites.mapped("currency_id.name"), ["CAD", "USD"])

    # ----------------------------------------------------------------- webhooks
    def test_webhooks_that_shopify_took_away_are_made_anew_and_a_person_hears_why(self):
        user = self.make_user("ecom_manager", MANAGER)
        channel = self.make_shopify(responsible_id=user.id)
        self.work_until(lambda: len(self.shop.hooks) == 12)
        with self.shop.lock:
            for gone in [id for id, hook in self.shop.hooks.items() if hook["topic"].startswith("ORDERS")]:
                del self.shop.hooks[gone]
        self.assertEqual(len(self.shop.hooks), 8)
        channel._look_after_webhooks()
        with self.working("ecom.exception"):
            self.look("ecommerce-exceptions", "ecom_repair_webhooks", "ecom_manager")
        self.assertEqual(len({hook["topic"] for hook in self.shop.hooks.values()}), 12)

    # ----------------------------------------------------------------- products
    def test_products_that_nobody_knows_are_matched_made_or_left_alone(self):
        self.make_user("ecom_manager", MANAGER, "product.group_product_manager")
        polo = self.shop.add_product("Polo", options=["Size"])
        for size in "SM":
            self.shop.add_variant(f"POLO-{size}", "30", {self.front: 3}, product=polo, chosen=[size])
        self.shop.add_variant("", "5", title="Carrier bag")
        self.make_product("blue-shirt", 10, name="Shirt, blue")
        cup = self.make_product("OUR-CUP", 10, name="Our white cup")
        channel = self.make_shopify()
        listings = self.env["ecom.listing"].search([])
        self.work_until(lambda: len(self.env["ecom.listing"].search([]) - listings) == 5)
        self.look("ecommerce-review", "ecom_review_a_shopify", "ecom_manager")
        found = {one.name: one for one in self.env["ecom.listing"].search([("channel_id", "=", channel.id)])}
        self.assertEqual(found["Blue shirt"].product_id.default_code, "blue-shirt")
        self.assertEqual(found["White cup"].product_id, cup)
        self.assertEqual(found["Polo - S"].product_id.default_code, "POLO-S")
        self.assertEqual(found["Carrier bag"].state, "ignored")

    # ------------------------------------------------------------------- orders
    def test_an_order_with_everything_on_it_is_read_on_one_form_to_the_cent(self):
        self.make_user("ecom_operator", OPERATOR, "sales_team.group_sale_salesman_all_leads")
        order = self.an_order_with_everything()
        self.assertEqual((order.state, order.currency_id.name), ("sale", "CAD"))
        self.assertMoney(order.amount_total, order.ecom_total)
        self.assertEqual(sorted(order.ecom_shipment_ids.mapped("tracking_number")), ["BOX-ONE", "BOX-TWO"])
        path = f"action-ecom_connector.sale_order_action/{order.id}"
        self.look(path, "ecom_read_an_order_with_everything", "ecom_operator")
        with self.on_a_phone():
            self.look(path, "ecom_read_it_on_the_phone", "ecom_operator")

    def an_order_with_everything(self):
        """Two taxes, duties, a tip, a gift card, another currency; two parcels, and a refund of one unit with a fee."""
        for sku, name in (("BLUE-SHIRT", "Blue shirt"), ("WHITE-CUP", "White cup")):
            self.make_product(sku, 50, name=name)
        self.env.ref("base.CAD").active = True
        channel = self.make_shopify()
        self.work_until(lambda: len(self.env["ecom.listing"].search([("channel_id", "=", channel.id)])) == 2)
        said = {"second_tax": ("PST", "0.08"), "duty": "3.00", "tip": "2.00", "gift_card": "10.00", "discount": "10"}
        number = self.people.place_order(self.shop, {"BLUE-SHIRT": 3, "WHITE-CUP": 1}, country="CA", **said)
        orders = self.env["sale.order"].search([])
        self.work_until(lambda: self.env["sale.order"].search([]) - orders)
        order = self.env["sale.order"].search([]) - orders
        self.leave_in_two_boxes(order)
        self.work_until(lambda: len(self.shop.orders[number]["parcels"]) == 2)
        self.people.return_with_fees(self.shop, number, "BLUE-SHIRT", "2.50", "1.00")
        self.work_until(lambda: order.ecom_refund_ids)
        return order

    def leave_in_two_boxes(self, order):
        for box in ("BOX-ONE", "BOX-TWO"):
            picking = order.picking_ids.filtered(lambda picking: picking.state == "assigned")
            picking.carrier_tracking_ref = box
            for move in picking.move_ids:
                move.write({"quantity": min(move.product_uom_qty, 2), "picked": True})
            picking.with_context(skip_backorder=True, cancel_backorder=False).button_validate()
            self.env.flush_all()
