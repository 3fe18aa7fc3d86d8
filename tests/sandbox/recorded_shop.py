"""WooCommerce shops that say only what a real one was recorded saying, over real HTTP.

    with RecordedShops() as shops:
        shop = shops.open("a-name")                  a WordPress in a folder of the one server, at shop.url
        shop.holds(recording.body)                   from now on the order stands there like this
    assert shops.surprises == []

An order by its id comes in the recorded bytes, a list is made of recorded records, chosen and sorted as asked for: of
products, orders, and the refunds of an order.
What nobody recorded, a parameter that the real shop does not know, or a request that is not signed as WooCommerce wants
it over plain http (OAuth 1.0a, each nonce once) is a surprise: it is kept in `surprises` and answered with an error.
"""

import json
import threading
from urllib.parse import parse_qsl, urlsplit

from tests.contract import recorded
from tests.sandbox.local_server import LocalServer
from tests.sandbox.woo_oauth import Guard

KEY, SECRET = "ck_recorded", "cs_recorded"
API = "wp-json/wc/v3/"
GONE, WRONG_SECRET = "098-product-missing.json", "005-auth-wrong-secret.json"
# What the real server's list of routes says may be asked, as far as we ask it.
ORDER_PARAMETERS = {
    *("per_page", "page", "orderby", "order", "status"),
    *("dates_are_gmt", "modified_after", "modified_before"),
}
PRODUCT_PARAMETERS = {"per_page", "page", "orderby", "order"}
REFUND_PARAMETERS = {"per_page", "page"}


class Surprise(Exception):
    """Something that the recorded shop was never asked."""


class RecordedShop:
    """One shop. Its orders are those it was told to hold."""

    def __init__(self, name, shops):
        self.name = name
        self.shops = shops
        self.asked = []  # (path, parameters) of each answered request
        self._orders = {}
        self._unlisted = set()
        self._gone = set()

    @property
    def url(self):
        return f"{self.shops.url}/{self.name}"

    def holds(self, body, *, listed=True):
        """The order stands like this from now on; `listed`: lists of orders have it too."""
        external_id = str(json.loads(body)["id"])
        self._orders[external_id] = body
        (self._unlisted.discard if listed else self._unlisted.add)(external_id)

    def loses(self, external_id):
        """The order was deleted there for good."""
        self._orders.pop(external_id, None)
        self._gone.add(external_id)

    def answer(self, path, query):
        """(status, headers, body) of a request that was signed well."""
        noun, _slash, rest = path.partition("/")
        order, _slash, part = rest.partition("/")
        if noun == "orders" and part == "refunds":
            answer = self._refunds(order, query)
        elif noun == "orders" and rest:
            answer = self._order(rest, query)
        elif noun == "orders":
            answer = self._list(self._changed(query), query, ORDER_PARAMETERS)
        elif path == "products":
            answer = self._list(self.shops.products, query, PRODUCT_PARAMETERS)
        else:
            raise Surprise("no such request was recorded")
        self.asked.append((path, query))
        return answer

    def _order(self, external_id, query):
        if external_id in self._orders and not query:
            return 200, {}, self._orders[external_id]
        if external_id in self._gone:
            return self.shops.recorded_answer(GONE)
        raise Surprise("nobody recorded this order")

    def _refunds(self, order, query):
        """Those that the order names, newest first as the real shop lists them."""
        if order in self._gone:
            return self.shops.recorded_answer(GONE)
        named = [str(refund["id"]) for refund in json.loads(self._orders[order])["refunds"]]
        found = [self.shops.refunds[number] for number in sorted(named, key=int, reverse=True)]
        return self._list(found, query, REFUND_PARAMETERS)

    def _changed(self, query):
        """Of the orders those that the list is asked for, oldest change first."""
        if (query.get("orderby"), query.get("order")) != ("modified", "asc"):
            raise Surprise("orders are listed by their last change")
        dated = {"modified_after", "modified_before"} & query.keys()
        if dated and query.get("dates_are_gmt") != "true":
            raise Surprise("dates of another zone")
        wanted = query["status"].split(",") if "status" in query else None
        found = []
        for external_id, body in self._orders.items():
            row = json.loads(body)
            changed = row["date_modified_gmt"]
            late = query.get("modified_after", "") < changed < query.get("modified_before", "9")
            if late and external_id not in self._unlisted and (wanted is None or row["status"] in wanted):
                found.append((changed, row["id"], body))
        return [body for _changed, _id, body in sorted(found)]

    @staticmethod
    def _list(bodies, query, known):
        if set(query) - known:
            raise Surprise("a parameter that nobody gives")
        size, page = int(query["per_page"]), int(query.get("page", 1))
        if not 1 <= size <= 100 or page < 1:
            raise Surprise("a page of no size")
        headers = {"X-WP-Total": str(len(bodies)), "X-WP-TotalPages": str(-(-len(bodies) // size))}
        return 200, headers, b"[" + b",".join(bodies[(page - 1) * size : page * size]) + b"]"


class RecordedShops(LocalServer):
    """All shops of a test on one port."""

    def __init__(self):
        super().__init__()
        self.surprises = []
        self._exchanges = {exchange.file: exchange for exchange in recorded.woocommerce_exchanges()}
        self.products = self._recorded_products()
        self.refunds = {str(row["id"]): body for row, body in recorded.woocommerce_refunds()}
        self._shops = {}
        self._guard = Guard({KEY: SECRET})
        self._lock = threading.Lock()

    def open(self, name):
        shop = self._shops[name] = RecordedShop(name, self)
        return shop

    def recorded_answer(self, file):
        exchange = self._exchanges[file]
        return exchange.response["status"], {}, exchange.answer

    def answer(self, method, target, headers, _body):
        try:
            return self._answer(method, target, headers)
        except Surprise as surprise:
            self.surprises.append(f"{method} {target}: {surprise}")
            return 501, {}, b'{"code": "nobody_recorded_this", "message": "Nobody recorded this."}'

    def _answer(self, method, target, headers):
        parts = urlsplit(target)
        name, _slash, path = parts.path.strip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        shop = self._shops.get(name)
        if method != "GET" or shop is None or not path.startswith(API):
            raise Surprise("no such request was recorded")
        with self._lock:
            if not self._is_signed(method, f"http://{headers['Host']}{parts.path}", query, headers):
                return self.recorded_answer(WRONG_SECRET)
            return shop.answer(path.removeprefix(API), query)

    def _is_signed(self, method, url, query, headers):
        signature = self._guard.look_at(method, url, query, headers)
        if signature is None:
            raise Surprise("over http WooCommerce wants OAuth")
        if signature.key != KEY or not signature.is_fresh:
            raise Surprise("another key, or a nonce used twice")
        return signature.is_right

    def _recorded_products(self):
        """The catalogue as it was recorded last; variations stand in no list of products."""
        found = {}
        for exchange in self._exchanges.values():
            answered = exchange.response.get("json")
            for row in answered if isinstance(answered, list) else [answered]:
                if isinstance(row, dict) and "sku" in row and exchange.request["method"] != "DELETE":
                    found[row["id"]] = json.dumps(row, ensure_ascii=False).encode()
        return [found[number] for number in sorted(found)]
