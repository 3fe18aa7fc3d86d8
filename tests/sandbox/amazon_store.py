"""Buyers at the Amazon of these tests: they order and change their minds, and the seller's queue hears of it.

An order is one of Amazon's own sandbox orders with other goods in it, and is held to the model like every answer.
"""

import copy
import itertools
import json
import uuid
from datetime import datetime, timezone
from decimal import Decimal

from tests.contract import recorded
from tests.sandbox.amazon_shop import AmazonShop, orders

LIKE = "114-9876543-1234567"
RATE = Decimal("0.10")


class AmazonStore(AmazonShop):
    """`queue`: where Amazon tells of changes, None: it tells nobody."""

    def __init__(self, prices, queue=None):
        super().__init__()
        self.orders, self.listings = {}, {sku: self._listing(sku, 7) for sku in prices}
        self.prices, self.queue = {sku: Decimal(price) for sku, price in prices.items()}, queue
        self._numbers = itertools.count(1)

    def quantity(self, sku):
        (shown,) = self.listings[sku]["fulfillmentAvailability"]
        return shown["quantity"]

    def sell(self, basket, shipped_by_amazon=False):
        """A buyer takes what is on sale: {sku: units}. Returns the order's number."""
        number = f"114-0000000-{next(self._numbers):07}"
        order = copy.deepcopy(orders()[LIKE])
        items = [self._item(sku, units, order["orderItems"][0]) for sku, units in basket.items()]
        total = sum(Decimal(item["proceeds"]["proceedsTotal"]["amount"]) for item in items)
        order |= {"orderId": number, "createdTime": _now(), "programs": [], "orderItems": items}
        order["proceeds"]["grandTotal"] = _money(total)
        self.orders[number] = order
        for sku, units in basket.items():
            (shown,) = self.listings[sku]["fulfillmentAvailability"]
            shown["quantity"] -= 0 if shipped_by_amazon else units
        self.ship_itself(number) if shipped_by_amazon else self._changed(number)
        return number

    def _item(self, sku, units, like):
        item = copy.deepcopy(like)
        net = self.prices[sku] * units
        tax = (net * RATE).quantize(Decimal("0.01"))
        item |= {"orderItemId": f"{next(self._numbers):014}", "quantityOrdered": units}
        item["product"] |= {"sellerSku": sku, "title": sku, "price": {"unitPrice": _money(self.prices[sku])}}
        item["proceeds"] = {
            "proceedsTotal": _money(net + tax),
            "breakdowns": [{"type": "ITEM", "subtotal": _money(net)}, {"type": "TAX", "subtotal": _money(tax)}],
        }
        item["fulfillment"] = {"quantityFulfilled": 0, "quantityUnfulfilled": units}
        item.pop("associatedOrderItems", None)
        return item

    def ship_itself(self, number):
        """It lay in a warehouse of Amazon's and has left it."""
        held = self.orders[number]["fulfillment"]
        held |= {"fulfilledBy": "AMAZON", "fulfillmentStatus": "SHIPPED"}
        for item in self.orders[number]["orderItems"]:
            units = item["quantityOrdered"]
            item["fulfillment"] |= {"quantityFulfilled": units, "quantityUnfulfilled": 0}
        self._changed(number)

    def cancel(self, number):
        order = self.orders[number]
        order["fulfillment"]["fulfillmentStatus"] = "CANCELLED"
        for item in order["orderItems"]:
            (shown,) = self.listings[item["product"]["sellerSku"]]["fulfillmentAvailability"]
            shown["quantity"] += item["quantityOrdered"]
        self._changed(number)

    def tracking_numbers(self, number):
        return [package["trackingNumber"] for package in self.orders[number].get("packages", [])]

    def status(self, number):
        return self.orders[number]["fulfillment"]["fulfillmentStatus"]

    def _changed(self, number):
        self.orders[number]["lastUpdatedTime"] = _now()
        if self.queue:
            self.queue.put(self._notification(number))

    @staticmethod
    def _notification(number):
        """Amazon's own example, of this order. SQS may bring it twice."""
        file = recorded.folder("amazon") / "notifications" / "OrderChangeNotification.json"
        (told,) = json.loads(file.read_bytes())
        told["Payload"]["OrderChangeNotification"]["AmazonOrderId"] = number
        told["NotificationMetadata"]["NotificationId"] = str(uuid.uuid4())
        return told


def _now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _money(amount):
    return {"amount": f"{amount:.2f}", "currencyCode": "USD"}
