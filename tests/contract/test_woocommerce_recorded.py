"""Our WooCommerce channel against the traffic of a real WooCommerce 9.9.5.

Every recorded order, delivery, request and error is used; how many there were is printed at the end.
"""

import json
import re
import sys
import unittest
from base64 import b64decode
from collections import defaultdict
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels import errors, records  # noqa: E402
from channels.transport import Request, Response  # noqa: E402
from channels.woocommerce import answers, client, orders, products, shipments, signing, stock, webhook  # noqa: E402

from tests.contract import recorded  # noqa: E402

CENT = Decimal("0.01")  # every recorded order is in US dollars
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


class Replay:
    """Answers what was recorded, and fails on a request that nobody recorded."""

    def __init__(self):
        self.held = defaultdict(list)
        for exchange in recorded.woocommerce_exchanges():
            self.held[_asked(exchange.request)].append(exchange)

    def send(self, request: Request) -> Response:
        prepared = _prepared(request)
        found = self.held.get(_asked({"method": prepared.method, "url": prepared.url, "headers": prepared.headers}))
        if not found:
            raise AssertionError(f"Nobody recorded {prepared.method} {prepared.url}")
        COUNTED["requests of the nouns answered from recordings"] += 1
        chosen = found[-1]
        return Response(
            status=chosen.response["status"],
            headers=requests.structures.CaseInsensitiveDict(chosen.response["headers"]),
            body=chosen.answer,
        )


class Kept:
    """Keeps the request instead of sending it."""

    def send(self, request: Request) -> Response:
        self.prepared = _prepared(request)
        return Response(status=200, headers={}, body=b"{}")


def _prepared(request: Request) -> requests.PreparedRequest:
    """What `requests` puts on the wire for it, done as our transport does."""
    return requests.Request(
        request.method,
        request.url,
        params=dict(request.params) or None,
        headers=dict(request.headers),
        data=request.body or None,
        auth=request.auth,
    ).prepare()


def _asked(request) -> tuple:
    """Method, address, parameters in any order, and the kind of proof."""
    parts = urlsplit(request["url"])
    query = tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    proof = request["headers"].get("Authorization", "").split(" ")[0]
    return request["method"], parts.scheme, parts.netloc, parts.path, query, proof


def _basic(exchange) -> tuple[str, str]:
    key, _colon, secret = b64decode(exchange.request["headers"]["Authorization"].split(" ")[1]).decode().partition(":")
    return key, secret


def _full_key() -> tuple[str, str]:
    """Key and secret of the throw-away server, as they stand in the recorded headers."""
    return next(_basic(e) for e in recorded.woocommerce_exchanges() if e.file.startswith("009-"))


def _connect(transport, url="https://127.0.0.1:8443", key=None, secret=None) -> client.Client:
    full = _full_key()
    return client.connect({"url": url, "consumer_key": key or full[0], "consumer_secret": secret or full[1]}, transport)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


class RecordedOrders(unittest.TestCase):
    def test_every_order_adds_up_to_the_cent(self):
        for recording in recorded.woocommerce_orders():
            with self.subTest(file=recording.file):
                order = orders.parse_order(recording.body)
                stated = json.loads(recording.body)
                self.assertEqual((order.external_id, str(order.total)), (str(stated["id"]), stated["total"]))
                self.assertEqual(str(order.tax_total), stated["total_tax"])
                self.assertEqual(sum((line.total for line in order.lines), Decimal(0)) + order.tax_total, order.total)
                self.assertEqual(sum((tax.amount for tax in order.tax_totals), Decimal(0)), order.tax_total)
                self.assertEqual(
                    sum(line.discount for line in order.lines if line.kind == "product"),
                    _coupons_and_price_cuts(stated),
                )
                COUNTED["orders parsed, total and taxes exact"] += 1
        self.assertGreater(COUNTED["orders parsed, total and taxes exact"], 40)

    def test_taxes_rounded_line_by_line_and_rate_by_rate_are_those_of_the_order(self):
        """Why place() must round each tax of each line, not their sum: 1.885 + 0.27885 is 2.17 here, not 2.16."""
        differing = 0
        for recording in recorded.woocommerce_orders():
            with self.subTest(file=recording.file):
                order = orders.parse_order(recording.body)
                found = defaultdict(Decimal)
                for line in order.lines:
                    for tax in line.taxes:
                        found[tax.code] += _rounded(tax.amount)
                    self.assertEqual(sum(_rounded(tax.amount) for tax in line.taxes), line.extra["total_tax"])
                self.assertEqual(found, {tax.code: tax.amount for tax in order.tax_totals})
                differing += sum(_rounded(line.tax_total) for line in order.lines) != order.tax_total
        self.assertGreater(differing, 0)
        COUNTED["orders whose taxes a sum rounded once per line would miss"] = differing

    def test_the_same_state_has_the_same_version_and_versions_only_grow(self):
        held, states = {}, defaultdict(set)
        for recording in recorded.woocommerce_orders():
            order = orders.parse_order(recording.body)
            with self.subTest(file=recording.file):
                if recording.file.startswith("251-") or recording.kind == "delivery":
                    continue  # deliveries were queued and arrived later than answers recorded before them
                self.assertGreaterEqual(order.version, held.get(order.external_id, ""))
                held[order.external_id] = order.version
        for recording in recorded.woocommerce_orders():
            order = orders.parse_order(recording.body)
            states[order.version].add((order.external_id, order.status, order.total, len(order.refunds)))
        self.assertTrue(all(len(state) == 1 for state in states.values()))
        COUNTED["different versions of orders"] = len(states)

    def test_a_list_gives_the_orders_one_by_one(self):
        (exchange,) = (e for e in recorded.woocommerce_exchanges() if e.file.startswith("251-"))

        class Once:
            def send(self, request):
                headers = requests.structures.CaseInsensitiveDict(exchange.response["headers"])
                return Response(status=200, headers=headers, body=exchange.answer)

        page = orders.fetch_orders(_connect(Once()), None)
        self.assertEqual([raw.external_id for raw in page.items], ["46", "45", "43"])
        self.assertTrue(page.next)
        for raw in page.items:
            self.assertEqual(orders.parse_order(raw.body).version, raw.version)


def _coupons_and_price_cuts(stated) -> Decimal:
    return sum((Decimal(item["subtotal"]) - Decimal(item["total"]) for item in stated["line_items"]), Decimal(0))


class RecordedDeliveries(unittest.TestCase):
    def test_every_signed_delivery_verifies_and_names_what_it_is_about(self):
        for recording in recorded.woocommerce_deliveries():
            with self.subTest(file=recording.file):
                webhook.verify(recording.headers, recording.body, recording.secret)
                self.assertFalse(webhook.is_unsigned_ping(recording.headers, recording.body))
                event = webhook.read_event(recording.headers, recording.body)
                self.assertTrue(event.external_id and event.delivery_id)
                self.assertEqual(event.topic, _topic(recording.topic))
                self.assertEqual(
                    event.complete, not recording.topic.startswith("action.") and ".deleted" not in recording.topic
                )
                if event.topic == "orders" and event.complete:
                    self.assertEqual(event.version, orders.parse_order(recording.body).version)
                COUNTED["signed deliveries verified and read"] += 1
        self.assertGreater(COUNTED["signed deliveries verified and read"], 50)

    def test_every_delivery_is_refused_after_any_one_byte_was_changed(self):
        for recording in recorded.woocommerce_deliveries():
            with self.subTest(file=recording.file):
                body = bytearray(recording.body)
                for place in range(len(body)):
                    body[place] ^= 0x01
                    with self.assertRaises(errors.BadSignature):
                        webhook.verify(recording.headers, bytes(body), recording.secret)
                    body[place] ^= 0x01
                    COUNTED["deliveries with one changed byte refused"] += 1
                for other in (b"", recording.body[:-1], recording.body + b" "):
                    with self.assertRaises(errors.BadSignature):
                        webhook.verify(recording.headers, other, recording.secret)

    def test_every_delivery_is_refused_with_a_wrong_or_without_a_secret(self):
        for recording in recorded.woocommerce_deliveries():
            unsigned = {name: value for name, value in recording.headers.items() if "signature" not in name}
            for headers, secret in (
                (recording.headers, recording.secret + "x"),
                (recording.headers, ""),
                (unsigned, recording.secret),
            ):
                with self.subTest(file=recording.file, secret=secret), self.assertRaises(errors.BadSignature):
                    webhook.verify(headers, recording.body, secret)
                self.assertFalse(webhook.is_unsigned_ping(headers, recording.body))
                COUNTED["deliveries with a wrong or no secret refused"] += 1

    def test_every_unsigned_ping_is_recognised_and_not_verified(self):
        for recording in recorded.woocommerce_pings():
            with self.subTest(file=recording.file):
                self.assertTrue(webhook.is_unsigned_ping(recording.headers, recording.body))
                with self.assertRaises(errors.BadSignature):
                    webhook.verify(recording.headers, recording.body, recording.secret)
                COUNTED["unsigned pings recognised"] += 1
        self.assertEqual(COUNTED["unsigned pings recognised"], 5)


def _topic(header: str) -> str:
    if header == "action.woocommerce_order_refunded":
        return "orders"
    return {"order": "orders", "product": "products"}.get(header.split(".")[0], "other")


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
                    _asked({"method": made.method, "url": made.url, "headers": made.headers}), _asked(request)
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
        proof = _basic(exchange) if parts.scheme == "https" else _full_key()
        shop = _connect(wire, f"{parts.scheme}://{parts.netloc}", *proof)
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
        self.assertEqual(signing.signature("GET", address, params, _full_key()[1]), stated)
        COUNTED["recorded OAuth signatures computed alike"] += 1

    def test_the_nouns_ask_only_what_was_recorded(self):
        replay = Replay()
        shop = _connect(replay)
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
        answer = _connect(Replay(), "http://127.0.0.1:8081").get("products", {"per_page": 1}, what="x")
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
                    if name != "update":  # of a batch: its rows have the arguments of the route
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
                return Response(status=200, headers={"X-WP-TotalPages": "9"}, body=b"[]" if listed else row)

        shop, day = _connect(Anything()), datetime(2026, 5, 1, tzinfo=timezone.utc)
        levels = [records.StockLevel(variant_id=i.rpartition("/")[2], stock_id=i, quantity=3) for i in ("5", "20/21")]
        shop.check()
        orders.fetch_orders(shop, day, until=day, open_only=True)
        orders.find_order(shop, "5")
        products.fetch_products(shop)
        products.fetch_products(shop, '{"page": 0, "parents": [["20", "Shirt"]], "at": 1}')
        stock.push_stock(shop, levels)
        stock.read_stock(shop, levels)
        shipments.send_shipment(shop, records.Shipment(key="k", order_id="5", tracking_number="T", order_complete=True))
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
