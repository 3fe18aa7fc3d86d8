import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

from ...errors import Unreadable
from ..orders import parse_order
from ..shipments import package_number

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.json").read_bytes()


def changed(**values):
    row = json.loads(SAMPLE)
    row.update(values)
    return json.dumps(row).encode()


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        self.assertEqual(sum(line.total + line.tax_total for line in self.order.lines), self.order.total)
        names = [line.external_id for line in self.order.lines]
        self.assertEqual(names, ["1001", "1001-shipping", "1002"])

    def test_tax_that_is_inside_of_the_amounts_is_taken_out_of_them(self):
        mug, shipping, _book = self.order.lines
        self.assertEqual((mug.gross, mug.taxes[0].amount, mug.taxes[0].code), (Decimal(25), Decimal("4.75"), "DE-19%"))
        self.assertEqual((shipping.gross, shipping.discount), (Decimal("3.10"), Decimal(1)))
        self.assertEqual((shipping.taxes[0].code, shipping.method), ("DE-19%", "STANDARD"))

    def test_tax_that_amazon_pays_is_marked(self):
        (tax,) = self.order.lines[-1].taxes
        self.assertEqual((tax.remitted, tax.code, tax.rate), (True, "DE-7%-amazon", Decimal(7)))

    def test_what_was_cancelled_of_a_line_is_no_more_ordered(self):
        self.assertEqual(self.order.lines[0].quantity, 2)

    def test_the_deadline_the_business_buyer_and_the_gift(self):
        order = self.order
        self.assertEqual(order.ship_by, datetime(2026, 7, 2, 21, 59, 59, tzinfo=timezone.utc))
        self.assertEqual(order.kinds, ("marketplace", "wholesale", "gift"))
        self.assertEqual((order.lines[0].note, order.delivery_note), ("Alles Gute", "Garage"))
        self.assertIn(("purchase_order", "PO-9"), order.references)
        self.assertTrue(order.extra["cancel_requested"])
        self.assertEqual((order.status, order.fulfilment, order.payment), ("open", "partial", "paid"))

    def test_an_order_without_a_price_waits(self):
        held = {"fulfillmentStatus": "PENDING", "fulfilledBy": "MERCHANT"}
        items = [{"orderItemId": "1", "quantityOrdered": 1, "product": {"sellerSku": "A"}}]
        order = parse_order(changed(fulfillment=held, proceeds={}, orderItems=items, packages=[]))
        self.assertEqual((order.status, order.payment, order.payments), ("pending", "unpaid", ()))

    def test_what_amazon_ships_is_shipped_elsewhere(self):
        order = parse_order(changed(fulfillment={"fulfillmentStatus": "SHIPPED", "fulfilledBy": "AMAZON"}))
        self.assertEqual((order.fulfilment, order.location), ("elsewhere", "AMAZON"))

    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>", b"[]", SAMPLE[:200], changed(createdTime="2026-07-01"), changed(orderItems="x")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)

    def test_a_package_has_the_same_number_however_often_it_is_told(self):
        numbers = {package_number(key) for key in ("a", "a", "b", "c")}
        self.assertEqual(len(numbers), 3)
        self.assertTrue(all(0 < int(number) <= 10**9 for number in numbers))


if __name__ == "__main__":
    unittest.main()
