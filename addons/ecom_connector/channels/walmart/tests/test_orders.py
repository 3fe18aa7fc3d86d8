import json
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from ...errors import Unreadable
from ..orders import parse_order

SAMPLE = (Path(__file__).resolve().parent.parent / "samples" / "order.json").read_bytes()


def changed(**values):
    return json.dumps({**json.loads(SAMPLE), **values}).encode()


def with_states(*names):
    lines = json.loads(SAMPLE)["orderLines"]["orderLine"]
    for line, name in zip(lines, names, strict=True):
        status = {"status": name, "statusQuantity": line["orderLineQuantity"]}
        line["orderLineStatuses"] = {"orderLineStatus": [status]}
    return changed(orderLines={"orderLine": lines})


class WhatAnOrderSays(unittest.TestCase):
    order = parse_order(SAMPLE)

    def test_lines_with_their_taxes_add_up_to_the_total(self):
        self.assertEqual(sum(line.total + line.tax_total for line in self.order.lines), self.order.total)
        self.assertEqual(self.order.total, Decimal("56.56"))
        told = [(line.external_id, line.quantity, line.gross, line.discount) for line in self.order.lines]
        self.assertEqual(
            told,
            [
                ("1", 2, Decimal("39.98"), 2),
                ("1-shipping", 1, Decimal("4.99"), 0),
                ("2", 1, Decimal("9.99"), 0),
            ],
        )
        self.assertTrue(all(tax.remitted for line in self.order.lines for tax in line.taxes))

    def test_the_deadlines_and_the_other_names(self):
        order = self.order
        self.assertEqual(order.created_at, datetime(2026, 7, 1, 8, 15, 30, tzinfo=timezone.utc))
        self.assertEqual(order.acknowledge_by - order.created_at, timedelta(hours=4))
        self.assertEqual(order.ship_by - order.created_at, timedelta(days=1))
        self.assertEqual((order.number, order.ship_to.country, order.location), ("5281956426648", "US", "N-1"))
        self.assertIn(("purchase_order", "1796277083022"), order.references)
        self.assertTrue(order.extra["cancel_requested"])
        self.assertIsNone(parse_order(with_states("Acknowledged", "Acknowledged")).acknowledge_by)

    def test_parcels_and_refunds_come_with_it(self):
        (parcel,) = self.order.shipments
        self.assertEqual((parcel.external_id, parcel.carrier, parcel.lines[0].quantity), ("1Z1", "UPS", 1))
        (refund,) = self.order.refunds
        self.assertEqual((refund.external_id, refund.amount, refund.reason), ("R1", Decimal("5.4"), "Scratched"))
        self.assertEqual((refund.lines[0].line_id, refund.lines[0].taxes[0].amount), ("1", Decimal("0.4")))

    def test_states(self):
        for body, status, fulfilment in (
            (SAMPLE, "open", "partial"),
            (with_states("Created", "Acknowledged"), "open", "open"),
            (with_states("Shipped", "Delivered"), "open", "fulfilled"),
            (with_states("Shipped", "Cancelled"), "open", "fulfilled"),
            (with_states("Cancelled", "Cancelled"), "cancelled", "open"),
            (changed(shipNode={"type": "WFSFulfilled"}), "open", "elsewhere"),
        ):
            order = parse_order(body)
            self.assertEqual((order.status, order.fulfilment), (status, fulfilment))
        self.assertIsNone(parse_order(changed(shipNode={"type": "WFSFulfilled"})).acknowledge_by)

    def test_what_is_no_order_is_unreadable(self):
        for body in (b"", b"<html>", b"[]", SAMPLE[:200], changed(orderDate="soon"), changed(orderLines="x")):
            with self.subTest(body=body[:20]), self.assertRaises(Unreadable):
                parse_order(body)


if __name__ == "__main__":
    unittest.main()
