from odoo.tests import tagged

from .tour_case import TourCase


@tagged("post_install", "-at_install")
class TestTourConnect(TourCase):
    def test_a_shop_is_connected_after_a_wrong_key_was_refused(self):
        self.make_user("ecom_administrator", "ecom_connector.ecom_connector_group_administrator")
        known = self.env["ecom.channel"].search([])
        self.look("ecommerce", "ecom_connect_a_shop", "ecom_administrator")
        channel = self.env["ecom.channel"].search([]) - known
        self.assertEqual(channel.name, "Mountain Shop")
        self.assertEqual((channel.code, channel.mode, channel.company_id), ("demo", "test", self.company))
        self.assertEqual(channel.warehouse_id.company_id, self.company)
        self.assertEqual(channel._credentials()["api_key"], "demo-key")
        self.assertEqual(channel._credentials()["seed"], "9")
        places = self.env["ecom.location.map"].search([("channel_id", "=", channel.id)], order="code")
        self.assertEqual(places.mapped("code"), ["main", "store"])
        self.assertEqual([place.warehouse_id for place in places], [channel.warehouse_id, places.warehouse_id.browse()])
        self.assertEqual(places.mapped("publish"), [True, False])
        waiting = channel.cursor_ids.filtered("next_try").mapped("topic")
        self.assertLessEqual({"orders", "products"}, set(waiting))
