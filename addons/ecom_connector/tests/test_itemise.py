"""A refund that its order only names is told in full by the channel, once."""

from decimal import Decimal

from odoo.tests import tagged

from ..channels.errors import Gone, Rejected
from ..channels.records import Refund, RefundLine
from .common import PLACED, ChannelCase, tax


@tagged("post_install", "-at_install")
class TestItemise(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.make_woo_channel()
        cls.itemise = cls.env["ecom.flow.itemise"]

    def refunded(self, **values):
        refund = Refund(external_id="49", amount=Decimal("14.09"), reason="Broken", **values)
        self.order_of_channel = self.order(self.goods(self.shirt, 26, tax("2.17"), quantity=2), refunds=(refund,))
        return self.feed(self.order_of_channel).order_id

    def told(self, order):
        (line,) = order.order_line
        taxes = (tax("0.9425", code="1"), tax("0.1394", code="2"))
        goods = RefundLine(
            external_id="113", line_id=line.ecom_external_id, quantity=1, amount=Decimal(13), taxes=taxes
        )
        return [Refund(external_id="49", amount=Decimal("14.09"), reason="Broken", created_at=PLACED, lines=(goods,))]

    def test_what_a_refund_was_for_is_asked_once_and_kept_with_its_lines(self):
        order = self.refunded()
        question = self.itemise._question(self.channel)
        self.assertEqual(question.orders, (order.ecom_external_id,))
        self.itemise._store(self.channel, question, {order.ecom_external_id: self.told(order)})
        (refund,) = self.env["ecom.refund"].search([("order_id", "=", order.id)])
        (line,) = refund.line_ids
        self.assertEqual(
            (refund.amount, refund.lines_wanted, str(refund.refunded_at)), (14.09, False, str(PLACED)[:19])
        )
        self.assertEqual((line.order_line_id, line.quantity, line.amount), (order.order_line, 1, 13))
        self.assertMoney(line.tax_amount, "1.08")
        self.assertIsNone(self.itemise._question(self.channel))

    def test_a_refund_that_comes_with_its_lines_is_not_asked_for(self):
        self.refunded(lines=(RefundLine(external_id="1", line_id="", amount=Decimal("14.09")),))
        self.assertIsNone(self.itemise._question(self.channel))

    def test_a_channel_whose_orders_say_it_all_is_not_asked(self):
        self.channel = self.make_channel()
        order = self.refunded()
        self.assertFalse(self.env["ecom.refund"].search([("order_id", "=", order.id)]).lines_wanted)

    def test_what_the_channel_cannot_tell_is_told_to_a_person_and_not_asked_again(self):
        order = self.refunded()
        question = self.itemise._question(self.channel)
        self.itemise._store(self.channel, question, {order.ecom_external_id: Rejected("Not now.")})
        exception = self.env["ecom.exception"].search([("order_id", "=", order.id)])
        self.assertIn("Not now.", exception.detail)
        self.assertIsNone(self.itemise._question(self.channel))

    def test_of_an_order_deleted_there_nobody_can_find_out_more(self):
        order = self.refunded()
        question = self.itemise._question(self.channel)
        self.itemise._store(self.channel, question, {order.ecom_external_id: Gone("Invalid ID.")})
        self.assertFalse(self.env["ecom.exception"].search([("order_id", "=", order.id)]))
        self.assertIn("known by its amount only", order.message_ids[0].body)
        self.assertIsNone(self.itemise._question(self.channel))
