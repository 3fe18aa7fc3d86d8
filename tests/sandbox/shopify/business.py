"""A small business around a Shopify of the sandbox: what tests of the whole and benchmarks set up and drive."""

import random
from collections import Counter

from tests.sandbox.business import Business
from tests.sandbox.shopify import people
from tests.sandbox.shopify.money import buyers
from tests.sandbox.shopify.postman import Mishaps
from tests.sandbox.shopify.shop import CLIENT_ID, CLIENT_SECRET


class ShopifyBusiness(Business):
    """One Odoo and a Shopify whose locations are Odoo's warehouses, one each."""

    code = "shopify"
    parcel_column = "tracking_number"
    # All live at the same address, and buy as fast as machines.
    unchecked = ("rule", "!=", "total")

    def __init__(self, odoo, shop, desk):
        super().__init__(odoo, shop, shop.url)
        self.desk, self.chance = desk, random.Random(11)

    # ------------------------------------------------------------------ set up
    def open(self, stock_each, name="Shop", **channel):
        self.odoo.call("ir.config_parameter", "set_param", "web.base.url", self.odoo.url)
        for currency in {market["currency"] for market in self.shop.markets}:
            known = self.odoo.call("res.currency", "search", [("name", "=", currency)], context={"active_test": False})
            self.odoo.call("res.currency", "write", known, {"active": True})
        missing = len(self.shop.locations) - self.query("SELECT count(*) FROM stock_warehouse")[0][0]
        more = [{"name": f"Warehouse {number}", "code": f"W{number}"} for number in range(missing)]
        if more:
            self.odoo.call("stock.warehouse", "create", more)
        super().open(stock_each, name, **channel)

    def connect(self):
        """Enter the credentials, say which location is which warehouse, and go live: Odoo asks for the webhooks."""
        self.enter({"url": self.shop_url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
        warehouses = [row[0] for row in self.query("SELECT id FROM stock_warehouse ORDER BY id")]
        places = [
            {"channel_id": self.channel_id, "code": str(place), "name": row["name"], "publish": True}
            for place, row in self.shop.locations.items()
        ]
        rows = [{**place, "warehouse_id": id} for place, id in zip(places, warehouses, strict=True)]
        self.odoo.call("ecom.location.map", "create", rows)
        self.odoo.call("ecom.channel", "action_go_live", [self.channel_id])

    # ---------------------------------------------------------- what the shop says
    def goods(self):
        return {variant["sku"]: variant["title"] for variant in self.shop.variants.values()}

    def sell(self, count):
        """Up to three products each, every fourth to Canada in its dollars."""
        for _order in range(count):
            chosen = self.chance.sample(sorted(self.goods()), k=self.chance.randint(1, 3))
            goods = {sku: self.chance.randint(1, 3) for sku in chosen}
            people.place_order(self.shop, goods, country=self.chance.choice(("US", "US", "US", "CA")))

    def sold(self):
        with self.shop.lock:
            return {id: buyers(people.current_total(order)) for id, order in self.shop.orders.items()}

    def count_sold(self):
        return len(self.shop.orders)

    def undelivered(self):
        return self.shop.postman.undelivered()

    def told(self):
        with self.shop.lock:
            parcels = [parcel for order in self.shop.orders.values() for parcel in order["parcels"]]
            return Counter(number for parcel in parcels for number in parcel["numbers"])

    def tried(self):
        return [name for name, _variables in self.desk.asked].count("CreateParcel")

    def shown(self, listing, place):
        with self.shop.lock:
            return self.shop.stock.available(self.shop.variants[int(listing)]["item"], int(place))

    def behave(self):
        self.desk.trouble.clear()
        self.shop.postman.mishaps = Mishaps()
