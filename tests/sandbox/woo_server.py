"""The double of WooCommerce on a real port: its REST API v3, as far as our connector uses it.

    with WooServer() as server:
        shop = server.open("first")         at shop.url, with KEY and SECRET
    assert server.complaints == []

Every answer is held to the recorded shape of its kind, every request to the real server's list of routes and
parameters: what does not fit is kept in `complaints`.
"""

import json
import re
from urllib.parse import parse_qsl, urlsplit

from tests.contract import recorded
from tests.sandbox.local_server import LocalServer
from tests.sandbox.woo_goods import Goods, page, problem
from tests.sandbox.woo_oauth import Guard
from tests.sandbox.woo_shape import differences
from tests.sandbox.woo_shop import WooShop

KEY, SECRET = "ck_double", "cs_double"
API = "wp-json/wc/v3"
WORDPRESS_OWN = {"_fields"}  # known on every route, listed on none
BATCHED = {"update"}


class WooServer(LocalServer):
    def __init__(self):
        super().__init__()
        self.complaints = []
        self.routes = json.loads((recorded.SHARED / "specs" / "woocommerce" / "wc-v3-index-9.9.5.json").read_bytes())
        self._shops, self._guard = {}, Guard({KEY: SECRET})

    def open(self, name):
        shop = self._shops[name] = WooShop(name, f"{self.url}/{name}")
        return shop

    def answer(self, method, target, headers, body):
        status, more, said = self._answer(method, target, headers, body)
        return status, more, json.dumps(said, ensure_ascii=False).encode()

    def _answer(self, method, target, headers, body):
        """(status, headers, what to say)"""
        parts = urlsplit(target)
        name, _slash, path = parts.path.strip("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        shop = self._shops.get(name)
        if shop is None or not path.startswith(f"{API}/"):
            return 404, {}, problem("rest_no_route", "No route was found.", 404)
        path, given = path.removeprefix(f"{API}/"), json.loads(body) if body else {}
        self._hold_to_the_routes(method, path, query, given)
        if not self._is_signed(method, f"http://{headers['Host']}{parts.path}", query, headers):
            return 401, {}, problem("woocommerce_rest_authentication_error", "Invalid signature.", 401)
        with shop.lock:
            status, more, said = _Answers(shop).give(method, path, query, given)
            if status < 300:
                self._hold_to_the_recordings(shop, path, said)
            said = json.loads(json.dumps(said))  # as it stands now; others may change it once the lock is gone
        if method == "PUT" and path.startswith("orders/"):
            shop.announce("order.updated", said)
        return status, more, said

    # --------------------------------------------------------------- strictness
    def _hold_to_the_routes(self, method, path, query, given):
        address = f"/wc/v3/{path}"
        for route, known in self.routes["routes"].items():
            for endpoint in known["endpoints"]:
                if re.fullmatch(route, address) and method in endpoint["methods"]:
                    unknown = (query.keys() | given.keys()) - endpoint["args"].keys() - WORDPRESS_OWN - BATCHED
                    if unknown:
                        self.complaints.append(f"{method} {path}: WooCommerce knows no {sorted(unknown)}")
                    return
        self.complaints.append(f"{method} {path}: WooCommerce has no such route")

    def _hold_to_the_recordings(self, shop, path, said):
        kind = next((kind for end, kind in _KINDS if re.fullmatch(end, path)), None)
        if path.endswith("/batch"):
            said = [row for row in said["update"] if "error" not in row]
        for row in said if isinstance(said, list) else [said]:
            if kind and len(row) > len(_FEW):
                self.complaints += differences(row, shop.patterns[kind], kind)

    def _is_signed(self, method, url, query, headers):
        signature = self._guard.look_at(method, url, query, headers)
        return signature is not None and signature.is_right and signature.is_fresh


# Of a product that is asked for by a few fields, only these are told.
_FEW = ("id", "manage_stock", "stock_quantity")
_KINDS = (
    (r"orders(/\d+)?", "order"),
    (r"orders/\d+/refunds", "refund"),
    (r"orders/\d+/notes", "note"),
    (r"products(/batch)?", "product"),
    (r"webhooks(/\d+)?", "webhook"),
    (r"customers", "customer"),
    (r"coupons", "coupon"),
)


class _Answers(Goods):
    def __init__(self, shop):
        self.shop = shop

    def give(self, method, path, query, given):
        noun, *rest = path.split("/")
        number = int(rest[0]) if rest and rest[0].isdigit() else None
        handler = getattr(self, "_".join((method.lower(), noun, *(part for part in rest if not part.isdigit()))), None)
        if handler is None:
            return 404, {}, problem("rest_no_route", "No route was found.", 404)
        if noun == "orders" and number and number not in self.shop.orders:
            return 404, {}, problem("woocommerce_rest_shop_order_invalid_id", "Invalid ID.", 404)
        return handler(number, query, given)

    def get_orders(self, number, query, _given):
        if number:
            return 200, {}, self.shop.orders[number]
        late = [
            order
            for order in self.shop.orders.values()
            if query.get("modified_after", "") < order["date_modified_gmt"] < query.get("modified_before", "9")
            and order["status"] in query.get("status", order["status"]).split(",")
        ]
        return page(sorted(late, key=lambda order: (order["date_modified_gmt"], order["id"])), query)

    def put_orders(self, number, _query, given):
        return 200, {}, self.shop.change_order(number, given)

    def get_orders_refunds(self, number, query, _given):
        return page(self.shop.refunds.get(number, [])[::-1], query)

    def get_orders_notes(self, number, _query, _given):
        return 200, {}, self.shop.notes.get(number, [])

    def post_orders_notes(self, number, _query, given):
        return 201, {}, self.shop.add_note(number, given)

    def get_customers(self, _number, query, _given):
        return page(list(self.shop.customers.values()), query)

    def get_coupons(self, _number, query, _given):
        return page(list(self.shop.coupons.values()), query)

    def get_webhooks(self, _number, query, _given):
        return page(list(self.shop.hooks.values())[::-1], query)

    def post_webhooks(self, _number, _query, given):
        return 201, {}, self.shop.add_hook(given)

    def put_webhooks(self, number, _query, given):
        return 200, {}, self.shop.change_hook(number, given)
