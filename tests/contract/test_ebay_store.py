"""Our eBay nouns against an eBay that remembers, over real HTTP: from an order to parcels, a refund, a cancellation."""

import unittest
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.contract import recorded
from tests.contract.ebay_wire import Kept
from tests.sandbox.ebay_store import CREDENTIALS, EbayStore

from channels import records  # isort: skip
from channels.ebay import client, orders, products, shipments, stock  # isort: skip

COUNTED = recorded.COUNTED["eBay"]


class Life(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.store = EbayStore({"MUG": "11.90", "BOWL": "5.95"}, age=timedelta(minutes=5))
        self.store.__enter__()
        self.addCleanup(self.store.__exit__)
        self.reached = client.connect(Kept({**CREDENTIALS, "address": self.store.url}))

    def tearDown(self):
        self.assertEqual(self.store.surprises, [])
        COUNTED["requests an eBay that remembers understood"] += len(self.store.asked)
        super().tearDown()

    def read_order(self, number):
        return orders.parse_order(orders.fetch_order(self.reached, number).body)

    def test_an_order_leaves_in_two_parcels_and_is_refunded_in_part(self):
        self.assertEqual(self.reached.check().missing_scopes, ())
        number = self.store.sell({"MUG": 3, "BOWL": 1})
        order = self.read_order(number)
        self.assertEqual((order.total, order.tax_total), (Decimal("46.55"), Decimal("7.43")))
        self.assertEqual([raw.external_id for raw in orders.fetch_orders(self.reached, None).items], [number])
        goods = [line for line in order.lines if line.kind == "product"]
        two = (records.ShipmentLine(line_id=goods[0].external_id, quantity=Decimal(2)),)
        first = records.Shipment(key="a", order_id=number, lines=two, carrier="DHL", tracking_number="RR-1")
        for _time in range(2):
            self.assertEqual(shipments.send_shipment(self.reached, first), "RR1")
        self.assertEqual(self.read_order(number).fulfilment, "partial")
        rest = tuple(records.ShipmentLine(line_id=line.external_id, quantity=Decimal(1)) for line in goods)
        shipments.send_shipment(self.reached, replace(first, key="b", lines=rest, tracking_number="RR-2"))
        self.assertEqual(self.store.tracking_numbers(number), ["RR1", "RR2"])
        self.store.refund(number, 500)
        order = self.read_order(number)
        self.assertEqual(
            (order.fulfilment, [refund.amount for refund in order.refunds]), ("fulfilled", [Decimal("5.00")])
        )

    def test_stock_is_what_was_published_less_what_was_bought_and_comes_back_with_a_cancellation(self):
        items = products.fetch_products(self.reached).items
        levels = [records.StockLevel(variant_id=i.variant_id, stock_id=i.stock_id, quantity=40) for i in items]
        self.assertEqual({result.outcome for result in stock.push_stock(self.reached, levels)}, {"applied"})
        number = self.store.sell({"BOWL": 2})
        self.assertEqual(stock.read_stock(self.reached, levels), {("MUG", ""): 40, ("BOWL", ""): 38})
        for _time in range(2):
            orders.cancel_order(self.reached, records.Cancellation(key="k", order_id=number))
        self.assertEqual(self.read_order(number).status, "cancelled")
        self.assertEqual(stock.read_stock(self.reached, levels), {("MUG", ""): 40, ("BOWL", ""): 40})


if __name__ == "__main__":
    unittest.main()
