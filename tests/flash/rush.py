"""A flash sale: one stock, a Shopify that a crowd buys from, two more shops that list the same goods.

Everything goes over HTTP. What was sold where and when is written down as it happens, and so is what each shop was
told to show, so that every unit sold too many can be held against what could be known at that moment.
"""

import random
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass

from tests.sandbox.business import Business, quiet_shop
from tests.sandbox.demo_server import DemoServer
from tests.sandbox.shopify import people
from tests.sandbox.shopify.business import ShopifyBusiness
from tests.sandbox.shopify.server import ShopifyServer

from channels.demo.shop.change import Refusal  # isort: skip

# Products: three are hot, and some nobody buys, so that a quantity of theirs tells who counted them.
PLENTY, HOT, KEPT = 50_000, 3, 10
OTHERS = ("one", "two")


@dataclass(frozen=True)
class Sale:
    """`at`: `time.monotonic()`."""

    at: float
    shop: str
    sku: str
    units: int
    order: str


class Rush:
    """Three shops on one Odoo. `few`: units of each of the three hot products."""

    def __init__(self, few, witness=None):
        self.few, self.witness = few, witness
        self.sales, self._open = [], ExitStack()

    # ------------------------------------------------------------------ set up
    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._open.close()

    def found(self, folder):
        """The shops, before anybody is connected to them."""
        self._demos = {
            name: self._open.enter_context(
                DemoServer(folder / f"{name}.sqlite", profile=quiet_shop(0), witness=self._witness(name))
            )
            for name in OTHERS
        }
        self.server = self._open.enter_context(ShopifyServer())
        self.shop, self.desk = self.server.open("flash", hands=4)
        self.location = self.shop.add_location("Front")
        self.shop.add_market("Home", ["US", "AT"], "USD")
        for item in self._demos["one"].shop.items():
            if item.sku:
                price = f"{item.price / 100:.2f}"
                self.shop.add_variant(item.sku, price, {self.location: 0}, title=item.name)

    def _witness(self, name):
        return self.witness and (lambda *request: self.witness(name, *request))

    def connect(self, odoo):
        """All three go live on that Odoo; the hot products are nearly sold out, of the others there is plenty."""
        self.odoo = odoo
        self.others = {name: Business(odoo, server.shop, server.url) for name, server in self._demos.items()}
        self.main = ShopifyBusiness(odoo, self.shop, self.desk)
        first, second = self.others.values()
        first.open(PLENTY, name="Shop one")
        second.open_channel("Shop two")
        self.skus = sorted(first.goods())
        self.hot, self.kept = self.skus[:HOT], self.skus[-KEPT:]
        for sku in self.hot:
            self.count(sku, self.few)
        self.main.stock_products = lambda each: None
        self.main.open(0, name="Shopify")
        for business in (self.main, first, second):
            business.connect()
        self.items = {name: self._items(name) for name in OTHERS}
        for business in (self.main, first, second):
            business.await_quiet(150, quiet_for=1.0)
        assert {self.shown(name, sku) for name in ("shopify", *OTHERS) for sku in self.hot} == {self.few}

    def _items(self, name):
        """{SKU: id there}"""
        return {item.sku: item.id for item in self._demos[name].shop.items() if item.sku}

    def count(self, sku, units):
        """Somebody counts the shelf."""
        ((quant,),) = self.others["one"].query(
            """SELECT q.id FROM stock_quant q JOIN product_product p ON p.id = q.product_id AND p.default_code = %s
                 JOIN stock_location l ON l.id = q.location_id AND l.usage = 'internal'""",
            sku,
        )
        self.odoo.call("stock.quant", "write", [quant], {"inventory_quantity": units})
        self.odoo.call("stock.quant", "action_apply_inventory", [quant])

    # -------------------------------------------------------------------- buying
    def shown(self, name, sku):
        if name == "shopify":
            return self.shop.available(sku, self.location)
        return self._demos[name].shop.stock(self.items[name][sku])

    def crowd(self, orders, seconds):
        """Buyers at the Shopify, evenly over that time: up to five products, every third of them a hot one as long as
        it is shown. Returns the thread."""
        return self._begin(self._buy_on_shopify, orders, seconds)

    def _buy_on_shopify(self, orders, seconds):
        chance, begun = random.Random(3), time.monotonic()
        plain = self.skus[HOT:-KEPT]
        for number in range(orders):
            time.sleep(max(0.0, begun + number * seconds / orders - time.monotonic()))
            goods = {sku: chance.randint(1, 3) for sku in chance.sample(plain, k=chance.randint(1, 5))}
            wanted = chance.choice(self.hot) if chance.random() < 1 / 3 else None
            with self.shop.lock:
                if wanted and self.shown("shopify", wanted) > 0:
                    goods[wanted] = 1
                order = people.place_order(self.shop, goods, country="US", **_buyer(chance, number))
                if wanted in goods:
                    self._sold("shopify", wanted, 1, str(order))

    def bargain_hunters(self, name, every, until):
        """One after the other buys a hot product at that shop while it shows any. Returns the thread."""
        return self._begin(self._hunt, name, every, until)

    def _hunt(self, name, every, until):
        chance, shop = random.Random(name), self._demos[name].shop
        while not until():
            sku = chance.choice(self.hot)
            # When it is sold is known before anybody else can hear of it.
            moment = time.monotonic()
            try:
                order = shop.place_order([(self.items[name][sku], 1)], payment="paid")
            except Refusal:
                pass
            else:
                self._sold(name, sku, 1, order["id"], moment)
            time.sleep(every)

    def _sold(self, name, sku, units, order, moment=None):
        self.sales.append(Sale(time.monotonic() if moment is None else moment, name, sku, units, order))

    @staticmethod
    def _begin(work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        return thread

    # ------------------------------------------------------------------- look at
    def businesses(self):
        return (self.main, *self.others.values())

    def placed(self):
        """Orders of the Shopify that are confirmed here."""
        return self.main.query(
            "SELECT count(*) FROM sale_order WHERE ecom_channel_id = %s AND state = 'sale'", self.main.channel_id
        )[0][0]


def _buyer(chance, number):
    """Seven in ten are new; parcels and bills go to different streets."""
    name = f"Guest {number}" if chance.random() < 0.7 else f"Regular {chance.randrange(200)}"
    streets = (f"{chance.randint(1, 400)} {street}" for street in ("Main Street", "Mill Lane"))
    bill_to, ship_to = ({"name": name, "lastName": name, "address1": street} for street in streets)
    return {"email": f"{name.replace(' ', '').lower()}@example.com", "bill_to": bill_to, "ship_to": ship_to}
