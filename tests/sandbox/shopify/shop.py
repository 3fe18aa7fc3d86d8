"""The shop: products, locations, markets, orders and their money. What may be asked of it stands in graph.py."""

import itertools
import threading
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from tests.sandbox.shopify.money import Purse
from tests.sandbox.shopify.stock import Stock

CLIENT_ID, CLIENT_SECRET = "sandbox-app", "sandbox-secret"
ALL_SCOPES = (
    *("write_orders", "read_all_orders", "read_customers", "read_discounts", "write_products", "write_inventory"),
    "read_locations",
    *("write_merchant_managed_fulfillment_orders", "write_order_edits", "write_returns", "read_markets"),
    *("read_shopify_payments_payouts",),
)


class Shop:
    def __init__(self, name="sandbox", currency="USD"):
        self.name, self.currency = name, currency
        self.url = "http://localhost/first"
        self.lock = threading.RLock()
        self.scopes = list(ALL_SCOPES)
        # From 2026-10 on there is no error any more for an item that a location does not keep yet.
        self.keeps_anywhere = False
        self.stock = Stock()
        self.products, self.variants, self.locations, self.markets = {}, {}, {}, []
        self.customers, self.discounts, self.files, self.bulk = {}, {}, {}, {}
        self.orders, self.payouts, self.hooks, self.edits = {}, [], {}, {}
        self.outbox = []
        self.window = None
        self._ids = itertools.count(1001)
        self._numbers = itertools.count(1001)
        self._ticks = itertools.count()
        self.began = datetime.now(timezone.utc)

    # ------------------------------------------------------------------ set up
    def next_id(self):
        return next(self._ids)

    def now(self):
        """Every change of the shop has a second of its own only where the clock gives it one, as in the real one."""
        return datetime.now(timezone.utc)

    def add_location(self, name, service=False):
        number = self.next_id()
        self.locations[number] = {"id": number, "name": name, "service": service}
        return number

    def add_product(self, title, options=(), handle="", status="ACTIVE"):
        """`options`: names of what its variants differ in."""
        number = self.next_id()
        self.products[number] = {
            **{"id": number, "title": title, "handle": handle or f"product-{number}", "status": status},
            **{"options": list(options), "description": "", "media": []},
        }
        return number

    def add_variant(self, sku, price, stock=None, title=None, product=None, chosen=(), **said):
        """`stock`: {location: units}; `product`: what it is one of, with its values of the options in `chosen`. Returns
        the variant's id."""
        product = product or self.add_product(title or f"Story {sku}")
        name, number = self.products[product]["title"], self.next_id()
        self.variants[number] = {
            **{"id": number, "product": product, "item": self.next_id(), "sku": sku, "chosen": list(chosen)},
            **{"title": " - ".join(filter(None, (name, " / ".join(chosen)))), "price": Decimal(price)},
            **{"compare_at": None, "barcode": "", "tracked": True, "gift_card": False, "media": [], **said},
        }
        for location, units in (stock or {}).items():
            self.stock.keep(self.variants[number]["item"], location, units)
        return number

    def add_market(self, name, countries, currency, rate="1"):
        number = self.next_id()
        self.markets.append(
            {"id": number, "name": name, "countries": countries, "currency": currency, "rate": Decimal(rate)}
        )
        return number

    def price_list(self, market):
        """The market gets a catalogue whose prices may be fixed: {variant: (price, what it is compared with)}."""
        (row,) = [row for row in self.markets if row["id"] == market]
        return row.setdefault("list", {"id": self.next_id(), "catalog": self.next_id(), "fixed": {}})["fixed"]

    def add_customer(self, name, country="US", mail="", **said):
        number = self.next_id()
        self.customers[number] = {
            "id": number,
            "name": name,
            "mail": mail,
            "country": country,
            "at": self.now(),
            **said,
        }
        return number

    def add_discount(self, title, codes, kind="DiscountCodeBasic", value=None, **said):
        """`value`: {"percentage": 0.1} or {"amount": "5.00", "each": True}; `codes`: what buyers may enter."""
        number = self.next_id()
        found = [(self.next_id(), code) for code in codes]
        said = {"status": "ACTIVE", "ends": None, **said}
        self.discounts[number] = {"id": number, "title": title, "codes": found, "kind": kind, "value": value, **said}
        return number

    # --------------------------------------------------------------------- look
    def by_sku(self, sku):
        (found,) = [variant for variant in self.variants.values() if variant["sku"] == sku]
        return found

    def by_item(self, item):
        return next((variant for variant in self.variants.values() if variant["item"] == item), None)

    def purse(self, country):
        market = next((market for market in self.markets if country in market["countries"]), None)
        if market is None:
            return Purse(self.currency, self.currency, 1)
        return Purse(self.currency, market["currency"], market["rate"])

    def available(self, sku, location):
        return self.stock.available(self.by_sku(sku)["item"], location)

    def touch(self, order):
        """The order changed: it is newer than before, also where that was in the same second."""
        order["updated"] = max(self.now(), order["updated"] + timedelta(seconds=0))
        self.announce("orders/updated", order)

    def announce(self, topic, order, **more):
        """To be delivered; `postman.py` does."""
        self.outbox.append((topic, order["id"], order["updated"], more))
