"""Refunds of Amazon, held to its model of financial events, and to the order that they are of."""

import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from tests.contract import recorded
from tests.sandbox.amazon_shop import CREDENTIALS, AmazonShop

from channels import errors  # isort: skip
from channels.amazon import client, orders, refunds  # isort: skip

COUNTED = recorded.COUNTED["Amazon"]
ORDER = "114-9876543-1234567"
NOW = datetime.now(timezone.utc)


def setUpModule():
    recorded.folder("amazon")


def charge(name, amount, currency="USD"):
    return {"ChargeType": name, "ChargeAmount": {"CurrencyCode": currency, "CurrencyAmount": amount}}


class Refunds(unittest.TestCase):
    def setUp(self):
        self.shop = AmazonShop()
        self.shop.__enter__()
        self.addCleanup(self.shop.__exit__)
        self.reached = client.connect({"region": self.shop.url, **CREDENTIALS})
        lines = orders.parse_order(orders.fetch_order(self.reached, ORDER).body).lines
        self.line = next(line for line in lines if line.kind == "product")

    def tearDown(self):
        self.assertEqual(self.shop.surprises, [])
        for method, template in self.shop.asked:
            COUNTED[f"requests the models understand: {method} {template}"] += 1

    def gives_back(self, number, hours, *charges, sku=None, order=ORDER, off=()):
        item = {"SellerSKU": sku or self.line.sku, "OrderAdjustmentItemId": number, "QuantityShipped": 1}
        item |= {"ItemChargeAdjustmentList": list(charges)}
        item |= {"PromotionAdjustmentList": [{"PromotionType": "x", "PromotionAmount": amount} for amount in off]}
        when = (NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {"AmazonOrderId": order, "PostedDate": when, "ShipmentItemAdjustmentList": [item]}
        self.shop.refunds.append(event)

    def test_refunds_come_page_by_page_with_what_they_were_for(self):
        off = {"CurrencyCode": "USD", "CurrencyAmount": 1.00}
        self.gives_back("A1", 5, charge("Principal", -13.00), charge("Tax", -1.30), off=[off])
        self.gives_back("A2", 4, charge("ShippingCharge", -4.99), charge("ShippingTax", -0.5), charge("Goodwill", -2))
        first = refunds.fetch_refunds(self.reached, NOW - timedelta(days=1))
        rest = refunds.fetch_refunds(self.reached, NOW - timedelta(days=1), token=first.next)
        goods, others = (refunds.parse_refund(raw.body) for raw in (*first.items, *rest.items))
        self.assertEqual((goods.external_id, goods.order_id, goods.currency), (f"{ORDER}/A1", ORDER, "USD"))
        (line,) = goods.lines
        self.assertEqual((line.line_id, line.quantity, line.amount), (self.line.external_id, 1, Decimal("12.00")))
        self.assertEqual((line.taxes[0].amount, goods.amount), (Decimal("1.30"), Decimal("13.30")))
        found = {line.line_id: (line.quantity, line.amount) for line in others.lines}
        id = self.line.external_id
        self.assertEqual(found, {id: (0, Decimal(2)), f"{id}-shipping": (0, Decimal("4.99"))})
        self.assertEqual((others.amount, rest.next), (Decimal("7.49"), ""))

    def test_where_the_item_is_not_known_the_amount_is(self):
        self.gives_back("B1", 5, charge("Principal", -5.00), sku="OTHER")
        self.gives_back("B2", 4, charge("Principal", -6.00), order="111-1111111-1111111")
        page = refunds.fetch_refunds(self.reached, NOW - timedelta(days=1))
        last = refunds.fetch_refunds(self.reached, NOW - timedelta(days=1), token=page.next)
        found = [refunds.parse_refund(raw.body) for raw in (*page.items, *last.items)]
        self.assertEqual([(refund.amount, refund.lines) for refund in found], [(Decimal(5), ()), (Decimal(6), ())])

    def test_nobody_is_asked_for_what_amazon_does_not_tell_yet(self):
        asked = len(self.shop.asked)
        self.assertEqual(refunds.fetch_refunds(self.reached, NOW).items, ())
        self.assertEqual(len(self.shop.asked), asked)
        with self.assertRaises(errors.Unreadable):
            refunds.parse_refund(b"{}")


if __name__ == "__main__":
    unittest.main()
