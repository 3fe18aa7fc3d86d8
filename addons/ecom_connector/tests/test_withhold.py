"""Units refunded before they left are not sent; the order keeps what the channel states."""

from decimal import Decimal

from odoo.tests import tagged

from ..channels.records import Refund, RefundLine
from .common import payment, tax
from .edit_case import EditCase


@tagged("post_install", "-at_install")
class TestWithhold(EditCase):
    def refund(self, entry, units, still_ordered=True, state="done", **values):
        """The channel gives the money back for so many units of a line, and says so with the order."""
        told = RefundLine(
            external_id=f"r-{entry.external_id}",
            line_id=entry.external_id,
            quantity=Decimal(units),
            amount=Decimal(20 * units),
            taxes=(tax(4 * units),),
            still_ordered=still_ordered,
        )
        refund = Refund(external_id="r-1", amount=Decimal(24 * units), state=state, lines=(told,))
        return self.change(refunds=(refund,), **values)

    def free(self):
        return self.shirt.with_company(self.company).free_qty

    def asked(self):
        domain = [("order_id", "=", self.placed.id), ("category", "=", "shipment"), ("state", "=", "open")]
        return self.env["ecom.exception"].search(domain)

    def test_what_was_refunded_before_it_left_is_not_sent_and_is_free_again(self):
        before = self.free()
        self.refund(self.shirts, 1)
        self.assertEqual(self.open_moves(), {"SHIRT": 1, "CUP": 1})
        self.assertEqual(self.free(), before + 1)
        self.assertTotals(self.placed, 55, 10)
        self.assertIn("-1 × A shirt", self.placed.message_ids[0].body)
        self.change(note="told again")
        self.assertEqual(self.open_moves(), {"SHIRT": 1, "CUP": 1})

    def test_with_the_rest_the_order_is_complete_for_the_channel(self):
        self.refund(self.shirts, 1)
        self.pick(SHIRT=1, CUP=1)
        self.assertEqual((self.placed.ecom_fulfilment, self.open_moves()), ("fulfilled", {}))
        self.assertEqual(self.here(self.shirts).qty_delivered, 1)

    def test_a_line_that_was_refunded_whole_is_not_sent_at_all(self):
        self.refund(self.shirts, 2)
        self.assertEqual(self.open_moves(), {"CUP": 1})

    def test_a_channel_that_takes_refunded_units_off_its_lines_is_not_believed_twice(self):
        self.refund(self.shirts, 1, still_ordered=False)
        self.assertEqual(self.open_moves(), {"SHIRT": 2, "CUP": 1})

    def test_a_pending_refund_waits_and_one_that_failed_is_sent_after_all(self):
        self.refund(self.shirts, 1, state="pending")
        self.assertEqual(self.open_moves()["SHIRT"], 2)
        self.refund(self.shirts, 1)
        self.assertEqual(self.open_moves()["SHIRT"], 1)
        self.refund(self.shirts, 1, state="failed")
        self.assertEqual(self.open_moves()["SHIRT"], 2)

    def test_once_a_part_is_packed_or_has_left_a_person_is_asked_which_units_were_meant(self):
        self.pick(SHIRT=1, CUP=1)
        self.refund(self.shirts, 1)
        self.assertEqual(self.open_moves(), {"SHIRT": 1})
        self.assertIn("1 of A shirt were refunded", self.asked().detail)
        self.pick(SHIRT=1)
        self.change(note="all left")
        self.assertFalse(self.asked())

    def test_after_everything_left_a_refund_lowers_nothing(self):
        self.pick(SHIRT=2, CUP=1)
        self.refund(self.shirts, 1)
        self.assertFalse(self.asked() or self.placed.order_line.filtered("ecom_withheld"))

    def test_an_order_that_comes_with_its_refund_is_sent_without_those_units(self):
        goods = self.goods(self.shirt, 60, tax(12), quantity=3)
        told = RefundLine(
            external_id="1",
            line_id=goods.external_id,
            quantity=Decimal(2),
            amount=Decimal(40),
            still_ordered=True,
        )
        order = self.place(
            goods,
            payments=(payment("p", 72),),
            refunds=(Refund(external_id="r-2", amount=Decimal(48), lines=(told,)),),
        )
        self.assertEqual((order.state, order.picking_ids.move_ids.product_uom_qty), ("sale", 1))
        self.assertTotals(order, 60, 12)

    def test_more_ordered_on_the_channel_afterwards_adds_only_that(self):
        self.refund(self.shirts, 1)
        more = self.goods(self.cup, 10, tax(1, "vat10", 10))
        self.change(self.shirts, self.cups, more, self.shipping)
        self.assertEqual(self.open_moves(), {"SHIRT": 1, "CUP": 2})
