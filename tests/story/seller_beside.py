"""The seller of a story who sells the same goods on a marketplace and, beside it, in a WooCommerce shop."""

from datetime import datetime, timedelta, timezone

from tests.sandbox.woo_server import KEY, SECRET
from tests.story.seller import Seller


class SellerBeside(Seller):
    """`each`: how many of each product he has; `shops`: the server where his shop is opened."""

    def __init__(self, merchant, shops, prices, each, counted):
        super().__init__(merchant, prices, counted)
        self.stock(self.main, self.products.values(), each)
        self.shop = shops.open(f"beside-{next(iter(prices))}".lower())
        for sku, price in prices.items():
            self.shop.add_product(sku, price, stock=7)

    def open(self, code, name, entered, delivery, armed=False):
        """Both channels, live. `entered`: the marketplace's credentials; `delivery`: what it calls the one way to ship;
        `armed`: it tells of itself, by webhooks or a queue."""
        (self.channel,) = self.merchant.open(code, {name: entered}, delivery)
        keys = {"consumer_key": KEY, "consumer_secret": SECRET}
        (self.other,) = self.merchant.connect([self.shop], **keys, webhook_secret=self.shop.name)
        self.call("ir.config_parameter", "set_param", "web.base.url", self.merchant.odoo.url)
        yesterday = datetime.now(timezone.utc) - timedelta(days=1)
        live = {"publish_stock": True, "go_live": yesterday.strftime("%Y-%m-%d %H:%M:%S")}
        self.call("ecom.channel", "write", [self.channel, self.other], live)
        arms = [self.channel, self.other] if armed else [self.other]
        self.call("ecom.channel", "write", arms, {"arm_webhooks": True})
        self.merchant.go_live([self.channel, self.other])

    def order(self, number):
        return self.merchant.orders([self.channel])[self.channel].get(number)

    def fetch(self, number):
        self.merchant.fetch_orders(self.channel, number=number)
