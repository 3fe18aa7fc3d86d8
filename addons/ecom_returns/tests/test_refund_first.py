from odoo import fields
from odoo.addons.ecom_connector.flow.send import Answer
from odoo.tests import tagged

from .returns_case import ReturnsCase


@tagged("post_install", "-at_install")
class TestRefundFirst(ReturnsCase):
    """Refunds that a channel made: the goods are owed to us, once."""

    def channels(self, quantity=2):
        order = self.sold((self.shirt, quantity, 10), invoice=False)
        order.write({"ecom_channel_id": self.channel.id, "ecom_external_id": f"o-{order.id}"})
        self.invoice(order)
        return order

    def refund(self, order, quantity=1, number="r-1", **values):
        line = {"order_line_id": order.order_line.id, "quantity": quantity, "amount": 10 * quantity, "external_id": "1"}
        return self.env["ecom.refund"].create(
            {
                "channel_id": self.channel.id,
                "order_id": order.id,
                "external_id": number,
                "amount": 12 * quantity,
                "currency_id": self.euro.id,
                "line_ids": [(0, 0, line)] if quantity else [],
                **values,
            }
        )

    def look(self):
        self.env["ecom.refund"]._open_returns()
        return self.env["ecom.return"].search([("channel_id", "=", self.channel.id)])

    def test_refund_made_in_the_channel_before_goods(self):
        order = self.channels()
        self.refund(order)
        record = self.look()
        self.assertEqual((record.authorisation, record.refund_first), ("approved", True))
        self.assertEqual((record.line_ids.money, record.disagreement), ("executed", "money_without_goods"))
        self.receive(record)
        self.decide(record)
        note = self.credited(record)
        self.assertTotals(note, 10, 2)
        self.assertEqual((record.state, order.ecom_refund_ids.external_id), ("closed", "r-1"), "nothing more is owed")

    def test_same_refund_looked_at_twice_is_one_return(self):
        self.refund(self.channels())
        self.look()
        self.env["ecom.refund"].search([]).return_looked_at = False
        self.assertEqual(len(self.look().line_ids), 1)

    def test_two_refunds_of_one_article_owe_no_more_than_was_delivered(self):
        order = self.channels(2)
        self.refund(order, 2)
        self.refund(order, 1, number="r-2")
        self.assertEqual(self.look().line_ids.mapped("quantity"), [2])
        self.assertFalse(self.env["ecom.refund"].search([("return_looked_at", "=", False)]))

    def test_a_refund_whose_goods_cannot_be_expected_does_not_keep_the_others_waiting(self):
        bent, good = self.channels(), self.channels()
        self.refund(bent)
        self.refund(good, number="r-2")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        buyer = self.env["res.partner"].create({"name": "Of Elsewhere", "company_id": elsewhere.id})
        # As after a merge of contacts that went wrong: no screen lets it happen.
        self.env.flush_all()
        people = "UPDATE sale_order SET partner_id = %(id)s, partner_shipping_id = %(id)s WHERE id = %(order)s"
        self.env.cr.execute(people, {"id": buyer.id, "order": bent.id})
        self.env.invalidate_all()
        self.assertEqual(self.look().order_ids, good)
        exception = self.env["ecom.exception"].search([("channel_id", "=", self.channel.id)])
        self.assertEqual((exception.order_id, exception.state), (bent, "open"))

    def test_goods_before_refund(self):
        order = self.channels()
        record = self.received(order, 1)
        self.refund(order)
        self.assertEqual(self.look(), record)
        self.assertEqual(record.line_ids.money, "executed")

    def test_partial_refund_then_full_refund(self):
        order = self.channels(3)
        self.refund(order, 1)
        self.look()
        self.refund(order, 2, "r-2")
        self.assertEqual(sum(self.look().line_ids.mapped("quantity")), 3)

    def test_amount_only_refund_owes_no_goods(self):
        self.refund(self.channels(), 0)
        self.assertFalse(self.look())

    def test_refund_of_what_never_left_owes_no_goods(self):
        order = self.sold((self.shirt, 1, 10), deliver=False, invoice=False)
        order.ecom_channel_id = self.channel
        self.refund(order)
        self.assertFalse(self.look())

    def test_more_refunded_than_can_come_back_is_owed_no_further(self):
        order = self.channels(1)
        self.refund(order, 3)
        self.assertEqual(self.look().line_ids.quantity, 1)

    def test_refund_then_short_receipt_leaves_the_rest_owed(self):
        order = self.channels(2)
        self.refund(order, 2)
        record = self.look()
        self.receive(record, SHIRT=1)
        self.decide(record)
        goods = sorted((line.goods, line.disagreement or "") for line in record.line_ids)
        self.assertEqual(goods, [("received", "goods_without_money"), ("short", "money_without_goods")])
        record.with_user(self.user("manager")).action_write_off()
        self.assertTotals(self.credited(record), 20, 4)
        self.assertEqual(record.state, "closed")

    def test_what_we_owe_a_channels_buyer_is_a_refund_of_the_connector(self):
        order = self.channels()
        self.env["ecom.order.payment"].create(
            {
                "channel_id": self.channel.id,
                "order_id": order.id,
                "external_id": "pay-1",
                "kind": "capture",
                "state": "done",
                "amount": 24,
                "currency_id": self.euro.id,
            }
        )
        record = self.received(order, 1)
        self.decide(record)
        self.credited(record)
        owed = order.ecom_refund_ids
        self.assertEqual((owed.state, owed.amount, owed.external_id), ("pending", 12, False))
        self.assertEqual((record.line_ids.money, record.disagreement), ("granted", "goods_without_money"))
        owed.write({"state": "done", "external_id": "r-9"})
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))
        self.assertEqual(self.look(), record, "told back by the channel it is the same refund")

    def test_refund_made_in_both_odoo_and_channel_is_owed_once(self):
        order = self.channels()
        payment = {"external_id": "pay-1", "kind": "capture", "state": "done", "amount": 24}
        links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": self.euro.id}
        self.env["ecom.order.payment"].create(payment | links)
        record = self.received(order, 1)
        self.decide(record)
        self.credited(record)
        self.assertEqual(len(order.ecom_refund_ids), 1)
        self.refund(order, 1, "made-there")
        self.assertEqual(self.look(), record)
        self.assertEqual(order.ecom_refund_ids.mapped("external_id"), ["made-there"], "what we owed is paid")
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))

    def owed(self):
        """(order, record, what is owed for one of its two shirts)"""
        order = self.channels()
        payment = {"external_id": "pay-1", "kind": "capture", "state": "done", "amount": 24}
        links = {"channel_id": self.channel.id, "order_id": order.id, "currency_id": self.euro.id}
        self.env["ecom.order.payment"].create(payment | links)
        record = self.received(order, 1)
        self.decide(record)
        self.credited(record)
        return order, record, order.ecom_refund_ids

    def test_a_refund_of_ours_that_the_channel_told_of_first_is_that_one(self):
        """The answer to our call was lost, the poll brought the refund, and then the call is found done there."""
        order, record, owed = self.owed()
        message = self.env["ecom.message"].create(owed._prepare_message())
        told = self.refund(order, 0, "made-there", amount=12)
        answer = Answer(external_id="made-there")
        self.env["ecom.flow.send"]._settle_refunds(self.channel, message, answer)
        self.assertEqual((order.ecom_refund_ids, record.line_ids.refund_id), (told, told))
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))
        self.look()
        self.assertEqual(len(self.look()), 1, "nothing more is owed for it")

    def test_a_marketplace_confirms_a_refund_by_its_settlement(self):
        order, record, owed = self.owed()
        owed.external_id = "r-market"
        self.assertEqual(record.line_ids.money, "granted")
        owed._confirm_settled(fields.Datetime.to_datetime("2026-03-09 00:00:00"))
        self.assertEqual((owed.state, str(owed.refunded_at)), ("done", "2026-03-09 00:00:00"))
        self.assertEqual((record.line_ids.money, record.state), ("executed", "closed"))
        owed._confirm_settled(fields.Datetime.to_datetime("2026-04-01 00:00:00"))
        self.assertEqual(str(owed.refunded_at), "2026-03-09 00:00:00", "once")

    def test_a_batch_costs_a_flat_number_of_statements_a_refund(self):
        orders = [self.channels(1) for _number in range(6)]
        for number, order in enumerate(orders):
            self.refund(order, 1, f"r-{number}")
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.env["ecom.refund"]._open_returns(limit=1)
        self.env.flush_all()
        one = self.cr.sql_log_count - before
        self.env["ecom.refund"]._open_returns(limit=5)
        self.env.flush_all()
        five = self.cr.sql_log_count - before - one
        self.assertLess(five, 5 * one)
