from odoo.tests import tagged

from .book_case import BookCase


@tagged("post_install", "-at_install")
class TestConfirm(BookCase):
    """A payout says which refunds were really paid."""

    def owed(self, order, amount, **values):
        links = {"channel_id": order.ecom_channel_id.id, "order_id": order.id, "currency_id": order.currency_id.id}
        return self.env["ecom.refund"].create({**links, "amount": amount, "state": "pending", **values})

    def test_a_posted_payout_confirms_the_refunds_that_it_lists_each_once(self):
        order = self.sell("tx1")
        first, second = self.owed(order, 6), self.owed(order, 6)
        other = self.owed(order, 9)
        settlement = self.report(("charge", 24, 0, "tx1"), ("refund", -6, 0, "tx1"), payout=18)
        settlement.action_post()
        self.assertEqual(settlement.line_ids.order_id, order)
        self.assertEqual(sorted((first | second).mapped("state")), ["done", "pending"])
        self.assertEqual(other.state, "pending")

    def test_a_payout_that_is_not_posted_confirms_nothing(self):
        refund = self.owed(self.sell("tx1"), 6)
        self.report(("charge", 24, 0, "tx1"), ("refund", -6, 0, "tx1"), payout=18)
        self.assertEqual(refund.state, "pending")
