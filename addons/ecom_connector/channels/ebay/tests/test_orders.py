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


def money(value):
    return {"value": value, "currency": "USD"}


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_add_up_to_the_total(self):
        order = self.order
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
        told = [(line.external_id, line.kind, line.gross, line.discount) for line in order.lines]
        self.assertEqual(
            told,
            [
                ("10050001", "product", Decimal("39.00"), Decimal("3.90")),
                ("10050001-shipping", "shipping", Decimal("4.49"), Decimal("1.50")),
                ("10050002", "product", Decimal("14.90"), Decimal(0)),
                ("10050002-shipping", "shipping", Decimal("2.00"), Decimal(0)),
                ("adjustment", "fee", Decimal("-2.00"), Decimal(0)),
            ],
        )

    def test_vat_that_prices_contain_is_taken_out_where_the_merchant_told_it(self):
        order = parse_order(changed(ecomVat={"DE": "19", "AT": "20"}))
        self.assertTrue(order.prices_include_tax)
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)
        self.assertEqual((order.lines[0].total, order.lines[0].tax_total), (Decimal("29.50"), Decimal("5.60")))
        self.assertEqual({tax.code for line in order.lines for tax in line.taxes}, {"DE-19%"})
        self.assertFalse(parse_order(changed(ecomVat={"AT": "20"})).tax_total)

    def test_tax_that_ebay_collects_and_remits_is_marked(self):
        item = {
            "lineItemId": "1",
            "sku": "A",
            "quantity": 1,
            "lineItemCost": money("20.00"),
            "total": money("26.85"),
            "deliveryCost": {"shippingCost": money("5.00")},
            "taxes": [{"taxType": "STATE_SALES_TAX", "amount": money("1.65")}, {"amount": money("0.20")}],
            "ebayCollectAndRemitTaxes": [{"taxType": "STATE_SALES_TAX", "amount": money("1.65")}],
        }
        order = parse_order(changed(lineItems=[item], pricingSummary={"total": money("26.85")}))
        collected, own = order.lines[0].taxes
        self.assertEqual((collected.code, collected.remitted), ("DE-STATE_SALES_TAX-ebay", True))
        self.assertEqual((own.code, own.remitted, own.amount), ("DE-TAX", False, Decimal("0.20")))
        self.assertEqual(sum(line.total + line.tax_total for line in order.lines), order.total)

    def test_the_people_the_deadline_and_the_other_names(self):
        order = self.order
        self.assertEqual(order.ship_by, datetime(2026, 7, 3, 21, 59, 59, tzinfo=timezone.utc))
        self.assertEqual((order.buyer.external_id, order.ship_to.company), ("mug_lover", "Muster GmbH"))
        self.assertEqual((order.bill_to.city, order.ship_to.city, order.buyer.vat), ("Bonn", "Köln", "DE123456789"))
        self.assertEqual((order.note, order.delivery_note), ("Please ring twice", "ebay4711"))
        self.assertIn(("sales_record", "1047"), order.references)
        self.assertEqual((order.status, order.fulfilment, order.payment), ("open", "partial", "paid"))
        self.assertEqual([line.variant_id for line in order.lines if line.kind == "product"], ["MUG-RED", "110400002"])

    def test_a_refund_says_which_line_it_was_for(self):
        (refund,) = self.order.refunds
        self.assertEqual((refund.external_id, refund.amount, refund.state), ("5000001", Decimal("5.00"), "done"))
        self.assertEqual([(line.line_id, line.amount) for line in refund.lines], [("10050001", Decimal("5.00"))])

    def test_states(self):
        for values, status, payment in (
            ({"orderPaymentStatus": "PENDING"}, "pending", "unpaid"),
            ({"orderPaymentStatus": "FULLY_REFUNDED"}, "open", "refunded"),
            ({"cancelStatus": {"cancelState": "CANCELED"}}, "cancelled", "paid"),
        ):
            order = parse_order(changed(**values))
            self.assertEqual((order.status, order.payment), (status, payment))
        asked = {"cancelRequests": [{"cancelRequestId": "7", "cancelRequestState": "REQUESTED"}]}
        self.assertTrue(parse_order(changed(cancelStatus=asked)).extra["cancel_requested"])
        ebays = parse_order(changed(program={"fulfillmentProgram": {"fulfilledBy": "EBAY"}}))
        self.assertEqual((ebays.fulfilment, ebays.location), ("elsewhere", "EBAY"))

    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>", b"[]", SAMPLE[:200], changed(creationDate="2026-07-01"), changed(lineItems="x")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)


if __name__ == "__main__":
    unittest.main()
