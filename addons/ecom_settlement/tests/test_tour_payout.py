from odoo.addons.ecom_connector.tests.tour_case import TourCase
from odoo.tests import tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestTourPayout(BookCase, TourCase):
    def test_an_accountant_sees_the_entry_posts_it_and_takes_it_back(self):
        self.make_user("settlement_accountant", "account.group_account_user")
        self.sell("tx1")
        settlement = self.report(("charge", 24, 0.96, "tx1"), payout=23.04)
        self.look("ecommerce-settlements", "ecom_settlement_post", "settlement_accountant")
        self.assertEqual((settlement.state, len(settlement.move_ids)), ("new", 1))
        self.assertTrue(settlement.move_ids.ecom_settlement_undone)
        self.assertMoney(self.balance(self.clearing), 24)
