from odoo.tests import tagged

from ..channels.records import Risk
from .tour_case import TourCase

OPERATOR = "ecom_connector.ecom_connector_group_operator"
MANAGER = "ecom_connector.ecom_connector_group_channel_manager"


@tagged("post_install", "-at_install")
class TestTourChecks(TourCase):
    """Decisions about orders, each by who may take it and by who may not."""

    def test_a_hold_is_released_by_the_right_user_only(self):
        self.make_user("ecom_operator", OPERATOR)
        manager = self.make_user("ecom_manager", MANAGER)
        order = self.place(risk=Risk(level="high", reasons=("The card is from elsewhere",)))
        self.assertEqual((order.state, order.ecom_held), ("draft", True))
        self.look("ecommerce-held", "ecom_release_as_the_wrong_user", "ecom_operator")
        self.assertTrue(order.ecom_held)
        self.look("ecommerce-held", "ecom_release_as_the_right_user", "ecom_manager")
        hold = order.ecom_exception_ids
        self.assertEqual((order.state, hold.state, hold.decided_by), ("sale", "solved", manager))

    def test_a_word_of_the_channel_gets_its_meaning_in_one_click(self):
        """Two taxes of 20 % exist: the likelier one is proposed."""
        self.channel.mode = "live"
        self.shop = self.make_shop(self.channel)
        lantern = next(item for item in self.shop.items() if item.name == "Camping lantern")
        self.channel.responsible_id = self.make_user("ecom_manager", MANAGER)
        self.make_tax(20, name="Another 20 %")
        self.sell(lantern)
        self.channel.cursor_ids.next_try = False
        self.shop.place_order([(lantern.id, 1)])
        self.channel.cursor_ids.filtered(lambda cursor: cursor.topic == "orders").next_try = "2026-01-01"
        self.work()
        exceptions = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        tax = exceptions.filtered(lambda exception: exception.dedupe_key.startswith("tax:"))
        self.assertEqual(tax.state, "open")
        self.channel.check_policy_ids.effect = "off"
        with self.working("ecom.exception"):
            self.look("ecommerce-exceptions", "ecom_choose_in_one_click", "ecom_manager")
        self.assertEqual(tax.state, "solved")
        order = self.env["sale.order"].search([("ecom_channel_id", "=", self.channel.id)])
        self.assertEqual((order.state, order.order_line.tax_ids), ("sale", self.tax20))
