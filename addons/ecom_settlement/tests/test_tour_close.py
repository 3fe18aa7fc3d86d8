from odoo.addons.ecom_connector.tests.tour_case import TourCase
from odoo.tests import tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestTourClose(BookCase, TourCase):
    def test_an_accountant_uploads_says_what_a_fee_is_chooses_an_order_posts_and_finds_the_deposit(self):
        self.make_user("closing_accountant", "account.group_account_user")
        first, second = self.sell("tx1"), self.sell("tx2")
        # Both orders go by the name that the report cites.
        for order in (first, second):
            self.env["ecom.order.reference"].create(
                {"channel_id": self.channel.id, "order_id": order.id, "kind": "checkout", "value": "tx_both"}
            )
        self.received(20.04, "STRIPE po_7")
        self.look("ecommerce-settlements", "ecom_settlement_close", "closing_accountant")
        settlement = self.env["ecom.settlement"].search([("external_id", "=", "po_7")])
        self.assertEqual((settlement.state, settlement.is_deposited), ("posted", True))
        self.assertEqual(settlement.line_ids.order_id, first)
        self.assertMoney(self.balance(self.account_of("advertising")), 3)

    def test_an_accountant_describes_a_report_that_nobody_knows(self):
        self.make_user("mapping_accountant", "account.group_account_user")
        self.look("ecommerce-settlements", "ecom_settlement_map", "mapping_accountant")
        settlement = self.env["ecom.settlement"].search([("channel_id", "=", self.account.id)])
        self.assertEqual(settlement.line_ids.mapped("family"), ["sale", "storage"])
        self.assertMoney(settlement.amount, "1057.01")
        self.assertEqual(settlement.form_name, "Kassenbuch")
        # Midnight in Berlin.
        self.assertEqual(str(settlement.line_ids[0].posted_at), "2026-03-01 23:00:00")
