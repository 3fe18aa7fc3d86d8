import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

from ...errors import Unreadable
from ..orders import parse_order

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.json").read_bytes()


def changed(**values):
    return json.dumps({**json.loads(SAMPLE), **values}).encode()


def total(order):
    return sum(line.total + line.tax_total for line in order.lines)


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        self.assertEqual(total(self.order), self.order.total)
        told = [(line.external_id, line.gross, line.discount, line.tax_total) for line in self.order.lines]
        self.assertEqual(
            told,
            [
                ("101", Decimal(40), Decimal(4), Decimal("6.84")),
                ("102", Decimal(10), Decimal(0), Decimal("1.9")),
                ("shipping-31", Decimal(5), Decimal(0), Decimal("0.95")),
            ],
        )

    def test_store_credit_pays_like_money(self):
        tenders = [(payment.tender, payment.amount) for payment in self.order.payments]
        self.assertEqual(tenders, [("money", Decimal("50.69")), ("store_credit", Decimal(10))])
        less = parse_order(changed(total_inc_tax="50.6900"))
        self.assertEqual((less.total, sum(p.amount for p in less.payments)), (Decimal("60.69"), Decimal("60.69")))

    def test_a_discount_that_no_line_states_is_a_line_of_its_own(self):
        order = parse_order(changed(discount_amount="3.0000", total_inc_tax="57.6900", store_credit_amount="0"))
        self.assertEqual((order.lines[-1].external_id, order.lines[-1].gross), ("discount", Decimal("-3.00")))
        self.assertEqual(total(order), order.total)

    def test_without_a_list_of_taxes_each_line_has_what_it_states(self):
        beside = {**json.loads(SAMPLE)["ecom"], "taxes": []}
        order = parse_order(changed(ecom=beside))
        self.assertEqual(order.lines[1].taxes[0].code, "19%")
        self.assertEqual(order.lines[1].tax_total, Decimal("1.9"))

    def test_the_people_the_options_and_the_other_names(self):
        order = self.order
        self.assertEqual(
            (order.buyer.external_id, order.bill_to.street2, order.ship_to.city), ("7", "Hinterhaus", "Köln")
        )
        self.assertEqual(order.lines[0].attributes, (("Colour", "Red"),))
        self.assertEqual((order.coupons, order.note), (("SUMMER",), "Please ring twice"))
        self.assertIn(("transaction", "ch_1"), order.references)
        self.assertEqual(order.created_at, datetime(2026, 7, 1, 8, 15, 30, tzinfo=timezone.utc))
        self.assertEqual(parse_order(changed(customer_id=0)).buyer.external_id, "")

    def test_parcels_and_refunds_come_with_it(self):
        (parcel,) = self.order.shipments
        self.assertEqual((parcel.key, parcel.tracking_number, parcel.lines[0].line_id), ("parcel-1", "T1", "102"))
        (refund,) = self.order.refunds
        self.assertEqual((refund.amount, refund.lines[0].line_id, refund.lines[0].quantity), (5, "101", 1))

    def test_states(self):
        for values, status, payment, fulfilment in (
            ({}, "open", "paid", "partial"),
            ({"status_id": 0, "payment_status": ""}, "pending", "unpaid", "partial"),
            ({"status_id": 11, "payment_status": "declined"}, "pending", "unpaid", "partial"),
            ({"status_id": 7, "payment_status": ""}, "open", "unpaid", "partial"),
            ({"status_id": 5}, "cancelled", "paid", "partial"),
            ({"status_id": 4}, "open", "refunded", "partial"),
            ({"status_id": 4, "items_shipped": 0}, "cancelled", "refunded", "open"),
            ({"status_id": 10}, "open", "paid", "fulfilled"),
            ({"status_id": 9, "payment_status": "authorized"}, "open", "authorized", "partial"),
        ):
            order = parse_order(changed(**values))
            self.assertEqual((order.status, order.payment, order.fulfilment), (status, payment, fulfilment), values)

    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>", b"[]", SAMPLE[:200], changed(date_created="yesterday"), changed(consignments="x")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)


if __name__ == "__main__":
    unittest.main()
