"""The orders in Walmart's own examples, to the cent."""

import json
import unittest
from decimal import Decimal

import yaml

from tests.contract import recorded, walmart_wire  # noqa: F401 finds the channels

from channels.walmart import orders  # isort: skip

COUNTED = recorded.COUNTED["Walmart"]


class VendorsOwnOrders(unittest.TestCase):
    def test_every_order_adds_up(self):
        found = _examples()
        for row in found:
            with self.subTest(number=row["purchaseOrderId"]):
                order = orders.parse_order(json.dumps(row).encode())
                charges = [c for line in row["orderLines"]["orderLine"] for c in line["charges"]["charge"]]
                stated = sum(Decimal(str(c["chargeAmount"]["amount"])) for c in charges)
                stated += sum(Decimal(str(c["tax"]["taxAmount"]["amount"])) for c in charges if c.get("tax"))
                self.assertEqual(order.total, stated)
                self.assertEqual(sum(line.total + line.tax_total for line in order.lines), stated)
                COUNTED["orders of the vendor's examples parsed, total exact"] += 1
        self.assertGreater(len(found), 5)


def _examples():
    """All orders that stand in examples; `openapi.load` leaves examples out, so the file is read as it is."""
    path = recorded.specs("walmart") / "walmart-marketplace-orders-openapi-original.yml"
    left, found = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)["paths"]], {}
    while left:
        node = left.pop()
        left += [
            inner for inner in (node.values() if isinstance(node, dict) else node) if isinstance(inner, dict | list)
        ]
        if isinstance(node, dict) and isinstance(node.get("purchaseOrderId"), str) and "orderLines" in node:
            lines = node["orderLines"].get("orderLine") if isinstance(node["orderLines"], dict) else None
            if lines and all("charges" in line for line in lines) and "orderDate" in node:
                found[node["purchaseOrderId"]] = node
    return list(found.values())


if __name__ == "__main__":
    unittest.main()
