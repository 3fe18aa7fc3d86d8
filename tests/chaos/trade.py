"""One seller on three channels at once, with the same goods from one stock: Amazon, eBay and a Magento shop.

All three are doubles held to their vendors' contracts, and tell nothing by themselves: a person asks for each order by
its number, and the stock asks for all of them before it rises. Calls fail now and then, before or after they were
applied.
"""

import random
import threading
from collections import Counter
from decimal import Decimal

from tests.sandbox.amazon_shop import CREDENTIALS as AMAZON_KEYS
from tests.sandbox.amazon_shop import US
from tests.sandbox.business import Business, tolerant
from tests.sandbox.ebay_store import CREDENTIALS as EBAY_KEYS
from tests.sandbox.magento_shop import KEY, USER


class Moods:
    """Stands before a double: answers for it that it is down, or loses what it answered, with such a chance."""

    def __init__(self, store, chance):
        self._answer, self._dice, self.chance = store.answer, random.Random(5), chance
        self.lock = threading.RLock()
        store.answer = self

    def __call__(self, method, target, headers, body):
        with self.lock:
            if self._dice.random() < self.chance:
                return 503, {}, b""
            said = self._answer(method, target, headers, body)
            return (502, {}, b"") if self._dice.random() < self.chance else said


class Stall(Business):
    """One of the three. `keys`: what is entered to connect it."""

    unchecked = ("rule", "!=", "total")
    parcel_column = "tracking_number"

    def __init__(self, odoo, store, prices):
        super().__init__(odoo, store, store.url)
        self.moods, self._dice, self._goods = Moods(store, 0), random.Random(self.code), {sku: sku for sku in prices}

    def keys(self):
        raise NotImplementedError

    def connect(self):
        self.enter(self.keys())
        self.odoo.call("ecom.channel", "action_go_live", [self.channel_id])

    def goods(self):
        return self._goods

    def sell(self, count):
        for _order in range(count):
            chosen = self._dice.sample(sorted(self._goods), k=self._dice.randint(1, 3))
            with self.moods.lock:
                self.shop.sell({sku: self._dice.randint(1, 3) for sku in chosen})

    def sold(self):
        return {number: Decimal(self.total(order)) for number, order in self.shop.orders.items()}

    def count_sold(self):
        return len(self.shop.orders)

    def undelivered(self):
        return 0

    def told(self):
        return Counter(parcel for number in self.shop.orders for parcel in self.shop.tracking_numbers(number))

    def shown(self, listing, _location):
        return self.shop.quantity(listing)

    def behave(self):
        self.moods.chance = 0

    def ask_for_missing(self):
        """By their numbers, as a person would who looks at both screens."""
        rows = self.query("SELECT ecom_external_id FROM sale_order WHERE ecom_channel_id = %s", self.channel_id)
        for number in sorted({*self.shop.orders} - {row[0] for row in rows}):
            tolerant(self._ask_for, number)

    def _ask_for(self, number):
        values = {"channel_id": self.channel_id, "kind": "number", "number": number}
        (wizard,) = self.odoo.call("ecom.fetch.orders.wizard", "create", [values])
        self.odoo.call("ecom.fetch.orders.wizard", "action_fetch", [wizard])


class AmazonStall(Stall):
    code = "amazon"

    def keys(self):
        return {"region": self.shop_url, **AMAZON_KEYS, "marketplaces": US}

    @staticmethod
    def total(order):
        return order["proceeds"]["grandTotal"]["amount"]

    def tried(self):
        return sum(path.endswith("/shipmentConfirmation") for _method, path in self.shop.asked)


class EbayStall(Stall):
    code = "ebay"

    def keys(self):
        return {**EBAY_KEYS, "address": self.shop_url}

    @staticmethod
    def total(order):
        return order["pricingSummary"]["total"]["value"]

    def shown(self, listing, _location):
        return self.shop.stock[listing]

    def tried(self):
        return self.shop.asked.count("POST /order/{orderId}/shipping_fulfillment")


class MagentoStall(Stall):
    code = "magento1"

    def keys(self):
        return {"url": self.shop_url, "user": USER, "key": KEY}

    @staticmethod
    def total(order):
        return order.findtext("grand_total")

    def shown(self, listing, _location):
        return next(int(quantity) for id, quantity in self.shop.stock.values() if id == listing)

    def tried(self):
        return sum(operation == "salesOrderShipmentCreate" for operation, _values in self.shop.asked)


class Trade(Business):
    """All of them together, to be driven as one."""

    parcel_column = Stall.parcel_column

    def __init__(self, stalls):
        super().__init__(stalls[0].odoo, None, None)
        self.stalls = stalls

    def shops(self):
        return self.stalls

    def open(self, stock_each):
        for currency in ("EUR", "USD"):
            known = self.odoo.call("res.currency", "search", [("name", "=", currency), ("active", "=", False)])
            self.odoo.call("res.currency", "write", known, {"active": True})
        # Without a rule, stock that several channels share is not shown to its last unit.
        everything = {"name": "All that is free", "use_percent": True, "percent": 100}
        self.odoo.call("ecom.buffer.rule", "create", [everything])
        self.stalls[0].stock_products(stock_each)
        for stall in self.stalls:
            stall.open_channel(stall.code)
            stall.connect()

    def trouble(self, chance):
        for stall in self.stalls:
            stall.moods.chance = chance

    # ------------------------------------------------------------------------ as one
    def sell(self, count):
        for turn in range(count):
            self.stalls[turn % len(self.stalls)].sell(1)

    def count_sold(self):
        return sum(stall.count_sold() for stall in self.stalls)

    def placed(self):
        return sum(stall.placed() for stall in self.stalls)

    def told(self):
        return sum((stall.told() for stall in self.stalls), Counter())

    def tried(self):
        return sum(stall.tried() for stall in self.stalls)

    def undelivered(self):
        """Nobody delivers anything: what is missing is asked for here."""
        for stall in self.stalls:
            stall.ask_for_missing()
        return 0

    def behave(self):
        self.trouble(0)

    def resume(self):
        for stall in self.stalls:
            stall.ask_for_missing()
            tolerant(stall.resume)
