"""Payouts: every cent of every card payment is in one of them, once."""

from decimal import Decimal

from channels import errors
from channels.demo import settlements
from channels.demo.shop import Profile
from channels.reports.source import Source

from .common import START, ShopCase, all_pages, later, sample


def read(body):
    """[the payout, its lines ...]."""
    return list(settlements.read_report(Source.of(body)))


class TestSettlements(ShopCase):
    def test_the_sample_payout_is_read_to_the_cent_and_adds_up(self):
        payout, *lines = read(sample("payout.json"))
        self.assertEqual((payout.number, payout.amount), ("PO-81", Decimal("108.31")))
        figures = [(line.kind, str(line.amount), str(line.fee), str(line.net)) for line in lines]
        self.assertEqual(figures, [("charge", "183.03", "2.81", "180.22"), ("refund", "-71.91", "0.00", "-71.91")])
        self.assertEqual(sum(line.net for line in lines), payout.amount)

    def test_three_weeks_of_trade_are_paid_out_to_the_cent(self):
        shop = self.found("busy", profile=Profile(history_days=21), now=START)
        shop.advance(START)
        shop.pay_out(now=later(days=1))
        raws = all_pages(settlements.fetch_settlements, self.connected(shop), None)
        self.assertGreater(len(raws), 4)
        read_ones = [read(raw.body) for raw in raws]
        lines = [line for _payout, *lines in read_ones for line in lines]
        for payout, *own in read_ones:
            self.assertEqual(sum(line.net for line in own), payout.amount)
        self.assertTrue(all(line.net == line.amount - line.fee for line in lines))
        payments = {line.payment_id: line.amount for line in lines}
        self.assertEqual(len(payments), len(lines), "no payment stands in two payouts")
        self.assertEqual(payments, self.moved(shop))

    @staticmethod
    def moved(shop):
        """payment id -> amount of everything that the payment provider moved."""
        signs = {"capture": 1, "refund": -1}
        return {
            payment["id"]: signs[payment["kind"]] * Decimal(payment["amount"])
            for order in shop.orders()
            for payment in order["payments"]
            if payment["kind"] in signs and payment["state"] == "done" and payment["method"] in ("card", "wallet")
        }

    def test_a_payout_of_refunds_alone_is_negative(self):
        order = self.place(("FD-BAR", 1))
        self.shop.pay_out(now=later(days=1))
        self.shop.refund(order["id"], amount=500, now=later(days=2))
        self.assertEqual(self.shop.pay_out(now=later(days=3))["amount"], "-5.00")
        self.assertIsNone(self.shop.pay_out(now=later(days=4)))

    def test_what_is_no_payout_is_unreadable(self):
        for body in (b"", sample("order.json"), sample("payout.json").replace(b'"net": "180.22"', b'"net": 180.22')):
            with self.assertRaises(errors.Unreadable):
                read(body)
