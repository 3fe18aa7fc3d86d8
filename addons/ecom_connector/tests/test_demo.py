from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """Odoo installs an add-on without its demo data when they fail, and says so only in its log."""

    def test_the_demo_seller_is_at_work(self):
        self.assertFalse(self.env["ecom.channel"].search([]))
        self.env["ecom.demo"]._open_business()
        outdoor, europe, river, peak, square = self.env["ecom.channel"].search([], order="id")
        self.assertEqual([c.mode for c in (outdoor, europe, river, peak, square)], [*["live"] * 4, "test"])
        lantern = self.env["product.product"].search([("name", "=", "Camping lantern")])
        listed = self.env["ecom.listing"].search([("product_id", "=", lantern.id)])
        self.assertEqual(listed.channel_id, outdoor | europe | river | peak)
        for channel in (outdoor, europe, river, peak):
            orders = self.env["sale.order"].search([("ecom_channel_id", "=", channel.id)])
            self.assertGreater(len(orders.filtered(lambda order: order.state == "sale")), 10)
            for order in orders:
                self.assertEqual(order.currency_id.compare_amounts(order.amount_total, order.ecom_total), 0)
            listings = self.env["ecom.listing"].search([("channel_id", "=", channel.id)])
            self.assertEqual(len(listings), 87)
            self.assertEqual(listings.filtered(lambda item: item.state == "ambiguous").sku, "CMP-BASE")
            self.assertTrue(listings.filtered(lambda item: item.state == "unmatched"))
            # Those made late here; a young shop has one of its own.
            self.assertIn(channel.late_count, (3, 4), channel.name)
            parcels = orders.ecom_shipment_ids
            self.assertGreaterEqual(len(parcels), 6)
            self.assertEqual(set(parcels.mapped("told_state")) - {"elsewhere"}, {"waiting"})
        asked = self.env["ecom.exception"].search([("channel_id", "=", europe.id), ("category", "=", "mapping")])
        self.assertEqual(asked.mapped("dedupe_key"), ["tax:reduced"])
        found = self.env["ecom.exception"].search([("channel_id", "=", outdoor.id), ("check_rule", "!=", False)])
        self.assertLessEqual({"blocked", "channel_risk"}, set(found.filtered("is_hold").mapped("check_rule")))
        self.assertLessEqual({"duplicate", "address"}, set((found - found.filtered("is_hold")).mapped("check_rule")))
        self.assertFalse(square.order_count)
        logins = self.env["res.users"].search([("login", "in", ("operator", "manager", "connector", "warehouse"))])
        self.assertEqual(len(logins), 4)

    def test_it_is_set_up_once(self):
        self.env["ecom.channel"].create({"name": "Mine", "code": "demo"})
        self.env["ecom.demo"]._open_business()
        self.assertEqual(self.env["ecom.channel"].search([]).name, "Mine")
