"""Buyers at the Magento 1.9 of these tests: they order, pay and change their minds; the shop counts what it has left.

An order is one that a real shop was recorded giving out, with other goods in it, and is held to its WSDL like every
answer.
"""

import copy
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from tests.sandbox.magento_shop import MagentoShop

LIKE, FIRST = "051", "100000001"
CARRIAGE = Decimal("15.0000")
RATE = Decimal("15.5")


class MagentoStore(MagentoShop):
    """`prices`: {SKU: price without tax} of what it sells."""

    def __init__(self, prices, wsi=False):
        super().__init__(wsi)
        self._like = self.holds(LIKE).orders.pop(FIRST)
        self._moment = datetime.now(timezone.utc)
        self.prices = {sku: Decimal(price) for sku, price in prices.items()}
        self.stock = {sku: [str(100 + place), Decimal(7)] for place, sku in enumerate(prices)}

    def quantity(self, sku):
        return int(self.stock[sku][1])

    def tracking_numbers(self, number):
        inner = self.orders[number].findtext("order_id")
        parcels = [row for row in self.shipments.values() if row.findtext("order_id") == inner]
        return [track.findtext("number") for row in parcels for track in row.iterfind("tracks/item")]

    def packed(self, number):
        """Units in each of its parcels."""
        inner = self.orders[number].findtext("order_id")
        parcels = [row for row in self.shipments.values() if row.findtext("order_id") == inner]
        return [sum(int(Decimal(item.findtext("qty"))) for item in row.iterfind("items/item")) for row in parcels]

    # ------------------------------------------------------------------ what people do
    def sell(self, units):
        """A buyer orders {SKU: units} and pays by cheque, later. Returns the order's number."""
        place = len(self.orders) + 1
        order, number = copy.deepcopy(self._like), str(100000000 + place)
        self._look_at_the_clock()
        items = order.find("items")
        like, net, tax = copy.deepcopy(items[0]), Decimal(0), Decimal(0)
        items[:] = [self._line(like, f"{place}{line}", sku, units[sku]) for line, sku in enumerate(units, 1)]
        for item in items:
            net += Decimal(item.findtext("row_total"))
            tax += Decimal(item.findtext("tax_amount"))
        amounts = {"subtotal": net, "tax_amount": tax, "grand_total": net + tax + CARRIAGE}
        _state(order, {"increment_id": number, "order_id": str(place), **_both(amounts)})
        for name in ("created_at", "updated_at"):
            order.find(name).text = f"{self._moment:%Y-%m-%d %H:%M:%S}"
        self.orders[number] = order
        self._put_back(number, -1)
        return number

    def _line(self, like, id, sku, units):
        item, net = copy.deepcopy(like), self.prices[sku] * units
        tax = (net * RATE / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        _state(item, {"item_id": id, "sku": sku, "name": sku.title(), "product_id": self.stock[sku][0]})
        _state(item, {"qty_ordered": f"{units}.0000", **_both({"price": self.prices[sku]})})
        _state(item, _both({"row_total": net, "tax_amount": tax}))
        return item

    def pay(self, number):
        """The seller notes there that the cheque came."""
        order = self.orders[number]
        paid = etree.Element("total_paid")
        paid.text = order.findtext("grand_total")
        order.find("grand_total").addnext(paid)
        self._change(number, "processing", "processing")

    def refund(self, number, units):
        """A credit memo that somebody writes in the shop's own back office: {SKU: units}."""
        ids = {item.findtext("sku"): item.findtext("item_id") for item in self.orders[number].iterfind("items/item")}
        rows = [{"order_item_id": ids[sku], "qty": str(count)} for sku, count in units.items()]
        nothing = {"adjustment_positive": "0", "adjustment_negative": "0", "shipping_amount": "0"}
        self._sales_order_creditmemo_create(number, {"qtys": rows, **nothing})

    def _look_at_the_clock(self):
        self._moment = max(self._moment, datetime.now(timezone.utc))

    def _change(self, number, state, status, comment=""):
        self._look_at_the_clock()
        super()._change(number, state, status, comment)

    def _sales_order_cancel(self, number):
        done = super()._sales_order_cancel(number)
        self._put_back(number, 1)
        return done

    def cancel(self, number):
        self._sales_order_cancel(number)

    def _put_back(self, number, sign):
        for item in self.orders[number].iterfind("items/item"):
            self.stock[item.findtext("sku")][1] += sign * Decimal(item.findtext("qty_ordered"))


def _both(amounts):
    """In the order's currency and in the shop's."""
    return {f"{base}{name}": f"{amount:.4f}" for name, amount in amounts.items() for base in ("", "base_")}


def _state(row, values):
    for name, value in values.items():
        row.find(name).text = value
