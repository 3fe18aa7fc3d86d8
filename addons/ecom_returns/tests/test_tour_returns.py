from odoo.addons.ecom_connector.tests.tour_case import TourCase
from odoo.tests import tagged

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
        dock = self.env.ref("ecom_returns.ecom_return_receive_wizard_action").id
        self.walk("dock", "ecom_returns_dock", f"/odoo/action-{dock}")
        self.assertEqual(record.line_ids.goods, "received")
        record.line_ids.grade = "a"
        self.start_tour(f"/odoo/ecommerce-returns/{record.id}", "ecom_returns_decide", login="tour_dock", timeout=180)
        self.walk("accountant", "ecom_returns_credit", f"/odoo/ecommerce-returns/{record.id}")
        self.assertEqual(record.credit_ids.state, "posted")
