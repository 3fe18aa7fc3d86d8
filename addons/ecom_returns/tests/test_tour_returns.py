from odoo.addons.ecom_connector.tests.tour_case import TourCase
from odoo.tests import new_test_user, tagged

from .returns_case import GROUPS, ReturnsCase


@tagged("post_install", "-at_install")
class TestTourReturns(ReturnsCase, TourCase):
    """One return through the hands of all who work on it, each with his own rights alone."""

    def walk(self, role, tour, url):
        self.make_user(f"tour_{role}", GROUPS[role])
        self.start_tour(url, tour, login=f"tour_{role}", timeout=180)

    def test_a_return_through_everybodys_hands(self):
        self.policy.write({"withdrawal": False, "approval": "person"})
        self.shirt.barcode = "4006381333931"
        order = self.sold((self.shirt, 2, 10))
        self.walk("operator", "ecom_returns_agent", f"/odoo/sales/{order.id}")
        record = self.env["ecom.return"].search([("line_ids.order_id", "=", order.id)])
        record.name = "RET-TOUR"
        self.walk("dock", "ecom_returns_dock", self.action("ecom_return_receive_wizard_action"))
        self.assertEqual(record.line_ids.goods, "received")
        self.assertEqual(record.find_ids.description, "999000")
        inspect = self.action("ecom_return_line_action_inspect")
        self.start_tour(inspect, "ecom_returns_inspect", login="tour_dock", timeout=180)
        self.assertEqual(record.line_ids.disposition, "restock")
        self.walk("accountant", "ecom_returns_credit", self.action("ecom_return_action_credit"))
        self.assertEqual(record.credit_ids.state, "posted")

    def action(self, name):
        return f"/odoo/action-{self.env.ref(f'ecom_returns.{name}').id}"


@tagged("post_install", "-at_install")
class TestTourPortal(ReturnsCase, TourCase):
    """The customer on his phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_a_customer_sends_something_back_with_his_phone(self):
        order = self.sold((self.shirt, 2, 10))
        new_test_user(self.env, "tour_buyer", "base.group_portal", password="tour_buyer", partner_id=self.buyer.id)
        self.start_tour(f"/my/orders/{order.id}", "ecom_returns_portal", login="tour_buyer", timeout=180)
        record = self.env["ecom.return"].search([("line_ids.order_id", "=", order.id)])
        self.assertEqual((record.authorisation, record.line_ids.goods), ("approved", "in_transit"))
        self.assertEqual((record.line_ids.answer, record.parcel_number), ("At the shoulders", "RR123"))
