"""Refunds: shares that add up, money that is never paid back twice."""

from decimal import Decimal

from channels import errors
from channels.demo import orders, refunds
from channels.demo.shop import Refusal
from channels.records import Refund, RefundLine

from .common import ShopCase, all_pages, later, sample


class TestRefunds(ShopCase):
    def test_the_sample_refund_is_read_to_the_cent(self):
        refund = refunds.parse_refund(sample("refund.json"))
        self.assertEqual((refund.order_id, refund.amount, refund.state), ("881001", Decimal("71.91"), "done"))
        line = refund.lines[0]
        self.assertEqual((line.quantity, line.amount, line.taxes[0].amount), (1, Decimal("59.92"), Decimal("11.99")))
        self.assertEqual(line.amount + line.taxes[0].amount, refund.amount)

    def test_refunds_of_single_units_add_up_to_the_line_without_a_cent_left(self):
        order = self.place(("FLC-MID-OLV-M", 3), coupon="TAKE5", delivery="")
        line = order["lines"][0]["id"]
        for _unit in range(3):
            self.shop.refund(order["id"], {line: 1})
        told = orders.parse_order(orders.fetch_order(self.client, order["id"]).body)
        self.assertEqual(sum(refund.amount for refund in told.refunds), told.total)
        self.assertEqual(sum(part.amount for refund in told.refunds for part in refund.lines), told.lines[0].total)
        self.assertEqual(told.payment, "refunded")

    def test_nothing_is_paid_back_beyond_what_came_in(self):
        order = self.place(("FD-TEA", 2))
        line = order["lines"][0]["id"]
        self.shop.refund(order["id"], {line: 2}, state="pending")
        for wrong in ({"lines": {line: 1}}, {"amount": 491}, {"amount": 0}, {"lines": {"none": 1}}):
            with self.assertRaises(Refusal):
                self.shop.refund(order["id"], **wrong)
        self.assertEqual(self.shop.refund(order["id"], amount=490)["amount"], "4.90")

    def test_refunded_goods_go_back_on_sale_only_when_said_so(self):
        order = self.place(("FD-TEA", 4))
        line, tea = order["lines"][0]["id"], self.item("FD-TEA")
        self.shop.refund(order["id"], {line: 1}, restock=False)
        self.assertEqual(self.shop.stock(tea), 96)
        self.shop.refund(order["id"], {line: 2}, restock=True)
        self.assertEqual(self.shop.stock(tea), 98)

    def test_a_pending_refund_is_seen_again_when_it_is_done(self):
        order = self.place(("FD-TEA", 1))
        self.shop.refund(order["id"], amount=100, state="pending")
        pending = refunds.fetch_refunds(self.client, None).items[0]
        self.assertEqual(refunds.parse_refund(pending.body).state, "pending")
        self.shop.complete_refund(pending.external_id, now=later(days=1))
        done = refunds.fetch_refunds(self.client, later(hours=12)).items[0]
        self.assertEqual((done.external_id, refunds.parse_refund(done.body).state), (pending.external_id, "done"))
        self.assertLess(pending.version, done.version)

    def test_our_refund_is_made_once_a_key_and_found_by_it(self):
        order = self.place(("FD-TEA", 2))
        part = RefundLine(external_id="", line_id=order["lines"][0]["id"], quantity=Decimal(1))
        ours = Refund(external_id="", order_id=order["id"], key="r1", lines=(part,), reason="Damaged")
        self.assertIsNone(refunds.find_refund(self.client, ours))
        made = refunds.send_refund(self.client, ours)
        self.assertEqual(refunds.send_refund(self.client, ours), made)
        self.assertEqual(refunds.find_refund(self.client, ours), made)
        self.assertEqual([refund["amount"] for refund in self.shop.papers("refund")], ["4.90"])

    def test_a_plain_amount_can_be_paid_back(self):
        order = self.place(("FD-BAR", 1))
        ours = Refund(external_id="", order_id=order["id"], key="r1", amount=Decimal("3.50"))
        refunds.send_refund(self.client, ours)
        self.assertEqual(all_pages(refunds.fetch_refunds, self.client, None)[0].external_id, "301")
        with self.assertRaisesRegex(errors.Rejected, "not more than was paid"):
            refunds.send_refund(self.client, Refund(external_id="", order_id=order["id"], key="r2", amount=Decimal(99)))

    def test_what_is_no_refund_is_unreadable(self):
        for body in (b"{}", sample("order.json"), sample("refund.json").replace(b'"71.91"', b"71.91")):
            with self.assertRaises(errors.Unreadable):
                refunds.parse_refund(body)
