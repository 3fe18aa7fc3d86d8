"""A small business around the demo shop: what tests of the whole and benchmarks set up, drive and look at.

Everything goes over HTTP or stands in files and rows: the shop and Odoo are two sides of a wire.
"""

import random
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from http.client import HTTPException

import tests.sandbox.demo_server  # noqa: F401 finds the channels
from tools import database as databases
from tools.odoo_server import RemoteError

from channels.demo.shop import DEFAULT_API_KEY, Habits, Profile  # isort: skip

SECRET = "business-secret"
# Seconds that a test waits for what must come about. An Odoo that has nothing else to do tries again when its scheduled
# actions have their next turn, which is within a minute.
PATIENCE = 150


def quiet_shop(stock_each, **values):
    """A shop in Odoo's own currency in which nothing happens by itself, every item has its SKU, and all pay at once."""
    habits = Habits(unpaid=0, prepaid=0, risky=0)
    quiet = {"orders_per_day": 0, "orders_per_hour": 0, "flaws": False, "habits": habits}
    return Profile.of("USD", stock_each=stock_each, **quiet, **values)


class Business:
    """One Odoo with one channel, connected to the shop that `shop_server` serves. Whoever has another shop inherits."""

    code = "demo"
    parcel_column = "key"
    # Hundreds of orders come within seconds: what a check of the kind would rightly hold.
    unchecked = ("rule", "in", ("fraud", "duplicate"))

    def __init__(self, odoo, shop, shop_url):
        self.odoo = odoo
        self.shop = shop
        self.shop_url = shop_url
        self.channel_id = None

    # ------------------------------------------------------------------ set up
    def open(self, stock_each, name="Shop", **channel):
        """Products and stock as the shop lists them, and a channel that is still off."""
        self.stock_products(stock_each)
        self.open_channel(name, **channel)

    def open_channel(self, name="Shop", **channel):
        """A channel that is still off; what its shop lists is there already."""
        self.channel_id = self.odoo.call(
            "ecom.channel",
            "create",
            [
                {
                    "name": name,
                    "code": self.code,
                    "import_when": "always",
                    "create_taxes": True,
                    "go_live": _text(datetime.now(timezone.utc) - timedelta(hours=1)),
                    **channel,
                }
            ],
        )[0]
        of_channel = [("channel_id", "=", self.channel_id), self.unchecked]
        policies = self.odoo.call("ecom.check.policy", "search", of_channel)
        self.odoo.call("ecom.check.policy", "write", policies, {"effect": "off"})

    def connect(self, subscribe=True, **credentials):
        """Enter the credentials and go live; the shop announces its changes to Odoo unless told otherwise."""
        known = {"url": self.shop_url, "api_key": DEFAULT_API_KEY, "webhook_secret": SECRET}
        self.enter({**known, **credentials})
        self.odoo.call("ecom.channel", "action_go_live", [self.channel_id])
        key = self.query("SELECT webhook_key FROM ecom_channel WHERE id = %s", self.channel_id)[0][0]
        if subscribe:
            self.shop.subscribe(f"{self.odoo.url}/ecom/webhook/{key}", SECRET)

    def enter(self, credentials):
        rows = [{"channel_id": self.channel_id, "name": name, "value": value} for name, value in credentials.items()]
        self.odoo.call("ecom.channel.credential", "create", rows)

    def stock_products(self, each):
        """As many of each of the shop's products lie in every warehouse."""
        products = self.odoo.call(
            "product.product",
            "create",
            [{"name": name, "default_code": sku, "is_storable": True} for sku, name in self.goods().items()],
        )
        quants = self.odoo.call(
            "stock.quant",
            "create",
            [
                {"product_id": id, "location_id": location, "inventory_quantity": each}
                for (location,) in self.query("SELECT lot_stock_id FROM stock_warehouse ORDER BY id")
                for id in products
            ],
            context={"inventory_mode": True},
        )
        self.odoo.call("stock.quant", "action_apply_inventory", quants)

    # ---------------------------------------------------------- what the shop says
    def goods(self):
        """{SKU: name} of what it sells."""
        return {item.sku: item.name for item in self.shop.items() if item.sku}

    def sell(self, count):
        self.shop.place_random_orders(count)

    def sold(self):
        """{id: total} of its orders."""
        return {order["id"]: Decimal(order["total"]) for order in self.shop.orders()}

    def count_sold(self):
        return len(self.shop.orders())

    def undelivered(self):
        """How many of its webhooks are on their way."""
        return len(self.shop.deliveries("waiting"))

    def told(self):
        """{parcel: how often it was told}, by the name that it has in `parcel_column` here."""
        return Counter(entry.key for entry in self.shop.journal("parcel", outcome="applied"))

    def tried(self):
        """How many parcels it was told of, counting what it refused as told already."""
        return sum(self.told().values()) + len(self.shop.journal("parcel", outcome="repeated"))

    def shown(self, listing, _location):
        return self.shop.stock(listing)

    def behave(self):
        """From now on nothing goes wrong there."""
        self.shop.behave()

    # ------------------------------------------------------------------- drive
    def ship_some(self, limit, tracking):
        """Validate up to `limit` ready deliveries as the warehouse would, each with a tracking number. How many."""
        pickings = self.odoo.call(
            "stock.picking",
            "search",
            [("state", "=", "assigned"), ("picking_type_code", "=", "outgoing"), ("carrier_tracking_ref", "=", False)],
            limit=limit,
        )
        for picking in pickings:
            self.odoo.call("stock.picking", "write", [picking], {"carrier_tracking_ref": f"{tracking}N{picking}"})
            self.odoo.call("stock.picking", "button_validate", [picking])
        return len(pickings)

    def count_stock(self):
        """Somebody counts a shelf and finds a unit more or less than was noted: stock that moves with no order."""
        quant, quantity = self.query(
            """SELECT q.id, q.quantity FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
                WHERE l.usage = 'internal' AND q.quantity > 0 ORDER BY random() LIMIT 1"""
        )[0]
        self.odoo.call("stock.quant", "write", [quant], {"inventory_quantity": int(quantity) + random.choice((-1, 1))})
        self.odoo.call("stock.quant", "action_apply_inventory", [quant])

    def resume(self):
        """What failed is tried again at once, as by the button of the channel: a test has no patience."""
        self.odoo.call("ecom.channel", "action_resume", [self.channel_id])

    # ----------------------------------------------------------------- look at
    def shops(self):
        """One that has several inherits."""
        return [self]

    def query(self, sql, *values):
        return databases.query(self.odoo.server, self.odoo.database, sql, *values)

    def waiting(self):
        """What is still to be done, by kind; empty when all is quiet."""
        counts = {
            "messages": "SELECT count(*) FROM ecom_message WHERE state = 'waiting'",
            "stock changes": "SELECT count(*) FROM ecom_stock_change",
            "levels": "SELECT count(*) FROM ecom_stock_level WHERE sequence > published_sequence",
            "catalogues": "SELECT count(*) FROM ecom_channel_cursor WHERE topic = 'products' AND last_success IS NULL",
        }
        found = {name: self.query(sql)[0][0] for name, sql in counts.items()}
        found["webhooks"] = self.undelivered()
        return {name: count for name, count in found.items() if count}

    def has_work(self):
        return bool(self.query("SELECT 1 FROM ecom_message WHERE state = 'waiting' LIMIT 1"))

    def await_quiet(self, seconds, quiet_for=3.0):
        """Wait until nothing has been left to do for a moment; AssertionError with what is left after `seconds`."""
        until, quiet_since = time.monotonic() + seconds, None
        while time.monotonic() < until:
            left = self.waiting()
            if left or self.count_sold() != self.placed():
                quiet_since = None
            elif quiet_since is None:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since > quiet_for:
                return
            time.sleep(0.3)
        raise AssertionError(f"Not quiet after {seconds} s: {self.waiting()}, {self.placed()} orders here")

    def placed(self):
        return self.query("SELECT count(*) FROM sale_order WHERE ecom_channel_id = %s", self.channel_id)[0][0]


def _text(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def tolerant(call, *arguments):
    """Call Odoo while it is being killed: None when it was not there to answer."""
    try:
        return call(*arguments)
    except (OSError, HTTPException, RemoteError):
        return None
