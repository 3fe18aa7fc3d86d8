from odoo.tests import tagged

from .book_case import BookCase

HEADING = (
    "settlement-id\ttotal-amount\tcurrency\tdeposit-date\ttransaction-type\tadjustment-id\tamount-type\t"
    "amount-description\tamount\tposted-date-time\tsku\tquantity-purchased\n"
)
ROW = "77\t\t\t\tother-transaction\tC-1\tFBA Inventory Reimbursement\t{}\t{}\t2026-03-02 10:00:00 UTC\tMUG\t{}\n"
AMAZON_REIMBURSED = (
    f"{HEADING}77\t9.25\tEUR\t2026-03-05 00:00:00 UTC\t\t\t\t\t\t\t\t\n"
    f"{ROW.format('WAREHOUSE_DAMAGE', '18.50', 2)}{ROW.format('COMPENSATED_CLAWBACK', '-9.25', 1)}"
).encode()


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

    def test_what_was_paid_for_lost_goods_is_told_to_whoever_claims_it_and_taken_back_when_undone(self):
        heard = []
        hook = type(self.env["ecom.flow.reimburse"])
        self.patch(hook, "_paid", lambda _step, channel, paid: heard.extend((channel, one) for one in paid))
        settlement = self.read(AMAZON_REIMBURSED, name="report.txt")
        settlement.action_post()
        self.assertEqual({channel for channel, _one in heard}, {self.account})
        told = [(one.sku, one.quantity, one.amount, one.reference, one.kind) for _channel, one in heard]
        self.assertEqual(
            told,
            [
                ("MUG", 2, 18.5, "C-1", "WAREHOUSE_DAMAGE"),
                ("MUG", 1, -9.25, "C-1", "COMPENSATED_CLAWBACK"),
            ],
        )
        self.assertMoney(self.balance(self.account_of("reimbursement")), "-9.25")
        settlement.action_undo()
        self.assertMoney(sum(one.amount for _channel, one in heard), 0)
        self.assertEqual(len(heard), 4)

    def test_a_refund_that_is_owed_only_later_is_found_paid_in_the_posted_payout_once(self):
        order = self.sell("tx1")
        settlement = self.report(("charge", 24, 0, "tx1"), ("refund", -6, 0, "tx1"), payout=18)
        settlement.action_post()
        first, second = self.owed(order, 6), self.owed(order, 6)
        self.assertEqual((first.state, second.state), ("done", "pending"))
        self.assertEqual(settlement.line_ids.filtered("refund_id").refund_id, first)
