"""Our WooCommerce channel against what was asked of a real WooCommerce 9.9.5: every recorded request and error."""

import json
import re
import unittest
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import requests

from tests.contract import recorded
from tests.contract.woocommerce_wire import Kept, Replay, asked, basic, connect, full_key

from channels import errors, records  # isort: skip
from channels.transport import Request, Response  # isort: skip
from channels.woocommerce import (  # isort: skip
    answers,
    coupons,
    customers,
    orders,
    prices,
    products,
    refunds,
    shipments,
    signing,
    stock,
    subscriptions,
    taxes,
)

COUNTED = recorded.COUNTED["WooCommerce"]

# What each recorded refusal of the shop means for us.
ERRORS = {
    "003-auth-basic-over-plain-http-is-refused.json": errors.Refused,
    "005-auth-wrong-secret.json": errors.Refused,
    "007-auth-read-only-key-writes.json": errors.Refused,
    "009-error-no-such-route.json": errors.Rejected,
    "065-product-create-dup-sku.json": errors.Rejected,
    "098-product-missing.json": errors.Gone,
    "099-product-trashed-id-type-error.json": errors.Rejected,
    "102-stock-set-decimal.json": errors.Rejected,
    "105-stock-set-string.json": errors.Rejected,
    "119-customer-duplicate-email.json": errors.Rejected,
    "201-order-create-bad-email.json": errors.Rejected,
    "253-orders-bad-date.json": errors.Rejected,
}
# Requests that our client does not make at all: it never sends Basic over http, and it deletes nothing.
NEVER_MADE = {"003-auth-basic-over-plain-http-is-refused.json", "197-product-trash.json"}


def setUpModule():
    recorded.folder("woocommerce")


class RecordedRequests(unittest.TestCase):
    def test_the_client_puts_every_recorded_request_on_the_wire_as_it_was(self):
        """Address and parameters to the letter after decoding, the body as JSON, Basic to the letter."""
        for exchange in recorded.woocommerce_exchanges():
            if exchange.file in NEVER_MADE:
                COUNTED["recorded requests our client never makes"] += 1
                continue
            with self.subTest(file=exchange.file):
                made = self._make(exchange)
                request = exchange.request
                self.assertEqual(
                    asked({"method": made.method, "url": made.url, "headers": made.headers}), asked(request)
                )
                if request["body"] is not None:
                    self.assertEqual(json.loads(made.body), json.loads(request["body"]))
                    self.assertEqual(made.headers["Content-Type"], request["headers"]["Content-Type"])
                if made.url.startswith("https:"):
                    self.assertEqual(made.headers["Authorization"], request["headers"]["Authorization"])
                COUNTED["recorded requests made alike"] += 1
        self.assertGreater(COUNTED["recorded requests made alike"], 60)

    def _make(self, exchange) -> requests.PreparedRequest:
        parts, wire = urlsplit(exchange.request["url"]), Kept()
        proof = basic(exchange) if parts.scheme == "https" else full_key()
        shop = connect(wire, f"{parts.scheme}://{parts.netloc}", *proof)
        path, params = parts.path.removeprefix("/wp-json/wc/v3/"), dict(parse_qsl(parts.query))
        if exchange.request["method"] == "GET":
            shop.get(path, params, what="x")
        else:
            write = {"POST": shop.post, "PUT": shop.put}[exchange.request["method"]]
            write(path, json.loads(exchange.request["body"]), what="x")
        return wire.prepared

    def test_the_recorded_oauth_signature_is_what_we_compute(self):
        (exchange,) = (e for e in recorded.woocommerce_exchanges() if e.file.startswith("001-"))
        pairs = exchange.request["headers"]["Authorization"].removeprefix("OAuth ").split(", ")
        claims = {name: requests.utils.unquote(value.strip('"')) for name, value in (p.split("=", 1) for p in pairs)}
        stated = claims.pop("oauth_signature")
        parts = urlsplit(exchange.request["url"])
        params = {**dict(parse_qsl(parts.query)), **claims}
        address = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self.assertEqual(signing.signature("GET", address, params, full_key()[1]), stated)
        COUNTED["recorded OAuth signatures computed alike"] += 1

    def test_the_nouns_ask_only_what_was_recorded(self):
        replay = Replay()
        shop = connect(replay)
        for exchange in recorded.woocommerce_exchanges():
            path = urlsplit(exchange.request["url"]).path
            parts = path.removeprefix("/wp-json/wc/v3/").split("/")
            if exchange.request["method"] == "GET" and parts[0] == "orders" and len(parts) == 2:
                raw = orders.fetch_order(shop, parts[1])
                self.assertEqual(orders.parse_order(raw.body).external_id, parts[1])
                self.assertEqual(orders.find_order(shop, parts[1]).version, raw.version)
        shop.page_size = 5
        page = products.fetch_products(shop)
        self.assertEqual([item.variant_id for item in page.items], ["11", "12", "13", "14"])
        self.assertEqual([item.sku for item in page.items], ["MUG-300", "TOWEL/É-01", "", "EBOOK-1"])
        self.assertEqual(json.loads(page.next)["page"], 2)
        parcel = records.Shipment(key="k", order_id="30", tracking_number="1ZTEST0001", order_complete=True)
        self.assertTrue(shipments.send_shipment(shop, parcel))
        with self.assertRaises(AssertionError):
            orders.fetch_order(shop, "31")

    def test_over_http_the_first_question_of_the_check_is_the_recorded_one(self):
        answer = connect(Replay(), "http://127.0.0.1:8081").get("products", {"per_page": 1}, what="x")
        self.assertEqual(answer.status, 200)


class RequestsOfTheNouns(unittest.TestCase):
    """Nobody recorded these; the server's own list of routes and arguments says that it understands them."""

    def test_every_request_fits_a_route_of_the_server(self):
        path = recorded.SHARED / "specs" / "woocommerce" / "wc-v3-index-9.9.5.json"
        routes = json.loads(path.read_bytes())["routes"]
        for request in self._requests():
            with self.subTest(method=request.method, url=request.url, params=dict(request.params)):
                address = urlsplit(request.url).path.removeprefix("/wp-json")
                found = [
                    endpoint
                    for route, known in routes.items()
                    for endpoint in known["endpoints"]
                    if re.fullmatch(route, address) and request.method in endpoint["methods"]
                ]
                self.assertTrue(found)
                arguments = found[0]["args"]
                for name, value in request.params.items():
                    if name != "_fields":  # WordPress' own, known on every route
                        self._fits(value, arguments[name])
                body = json.loads(request.body or b"{}")
                for name, value in body.items():
                    # `update` of a batch: its rows have the arguments of the route. The lines of a refund are taken
                    # (recorded), though the server does not list them.
                    if name not in ("update", "line_items"):
                        self._fits(value, arguments[name])
                for row in body.get("update", ()):
                    self.assertLessEqual(set(row) - {"id"}, set(arguments))
                COUNTED["requests that fit the server's routes"] += 1

    def _fits(self, value, argument):
        if "enum" in argument:
            self.assertIn(value, argument["enum"])
        if argument["type"] == "integer":
            self.assertIsInstance(value, int)
            self.assertLessEqual(value, argument.get("maximum", value))
        if argument["type"] == "array" and isinstance(value, str) and "enum" in argument["items"]:
            self.assertLessEqual(set(value.split(",")), set(argument["items"]["enum"]))

    def _requests(self) -> list[Request]:
        """One of each kind that our nouns make."""
        made = []

        class Anything:
            def send(self, request):
                made.append(request)
                listed = request.method == "GET" and not request.url.endswith(("current", "/5", "/wp-json/"))
                row = b'{"id": 5, "number": "6", "namespaces": ["wc/v3"], "status": "processing"}'
                more = "9" if "product" in request.url else "1"
                return Response(status=200, headers={"X-WP-TotalPages": more}, body=b"[]" if listed else row)

        shop, day = connect(Anything()), datetime(2026, 5, 1, tzinfo=timezone.utc)
        levels = [records.StockLevel(variant_id=i.rpartition("/")[2], stock_id=i, quantity=3) for i in ("5", "20/21")]
        shop.check()
        orders.fetch_orders(shop, day, until=day, open_only=True)
        orders.find_order(shop, "5")
        products.fetch_products(shop)
        products.fetch_products(shop, '{"page": 0, "parents": [["20", "Shirt"]], "at": 1}')
        stock.push_stock(shop, levels)
        stock.read_stock(shop, levels)
        shipments.send_shipment(shop, records.Shipment(key="k", order_id="5", tracking_number="T", order_complete=True))
        prices.push_prices(shop, [records.Price(variant_id=i, amount=Decimal("1.5")) for i in ("5", "20/21")])
        change = records.ItemChange(variant_id="5", name="n", sku="s", barcode="b", description="d", active=True)
        products.change_products(shop, [change, replace(change, stock_id="20/21")])
        products.make_product(shop, replace(change, variant_id="", price=Decimal(1)))
        parent = records.ItemParent(key="k", name="n", description="d", options=(("Size", ("S", "M")),))
        products.make_product(shop, replace(change, variant_id="", parent=parent, options=(("Size", "S"),)))
        taxes.fetch_taxes(shop)
        customers.fetch_customers(shop)
        coupons.fetch_coupons(shop)
        orders.find_note(shop, records.Note(key="k", order_id="5", text="t"))
        orders.send_note(shop, records.Note(key="k", order_id="5", text="t", to_buyer=True))
        orders.cancel_order(shop, records.Cancellation(key="k", order_id="5"))
        refunds.fetch_refunds(shop, day, until=day)
        refunds.fetch_order_refunds(shop, "5")
        refunds.send_refund(shop, records.Refund(external_id="", order_id="5", key="k", amount=Decimal(1)))
        subscriptions.arm_subscriptions(shop, "https://erp.example/", "s")
        return [request for request in made if not request.url.endswith("/wp-json/")]


class RecordedErrors(unittest.TestCase):
    def test_every_recorded_error_says_what_to_do_next(self):
        seen = set()
        for exchange in recorded.woocommerce_exchanges():
            status = exchange.response["status"]
            response = Response(status=status, headers=exchange.response["headers"], body=exchange.answer)
            writes = exchange.request["method"] != "GET"
            if status < 400:
                answers.raise_for_problem(response, what="x", writes=writes)
                continue
            seen.add(exchange.file)
            with self.subTest(file=exchange.file):
                with self.assertRaises(errors.ChannelError) as caught:
                    answers.raise_for_problem(response, what="x", writes=writes)
                self.assertIs(type(caught.exception), ERRORS[exchange.file])
                self.assertEqual(caught.exception.code, exchange.response["json"]["code"])
                self.assertIn(exchange.response["json"]["message"], str(caught.exception))
                COUNTED["errors mapped"] += 1
        self.assertEqual(seen, set(ERRORS))


if __name__ == "__main__":
    unittest.main()
