"""Every exchange recorded with a real PrestaShop, served over HTTP; see `replayed.py`.

A request is the recorded one if method, path, parameters, key and XML are the same (attributes and spaces aside). What
an order names and nobody recorded comes from `presta_shop.py`, and is kept in `supplied`.
"""

from base64 import b64decode
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from tests.contract import recorded
from tests.sandbox.presta_shop import UNRECORDED, XML, PrestaShop
from tests.sandbox.replayed import Replayed

# Asked of each order, and never of these orders while it was recorded.
NOT_ASKED = {"order_slip", "order_discounts", "order_payments"}
# Recorded of order 7 only.
OF_ORDER = {"order_details", "order_histories", "order_carriers"}


class ReplayedPrestaShop(Replayed):
    def __init__(self, supplies=False):
        super().__init__(recorded.exchanges("prestashop"))
        self.supplied = set()
        self._shelves = PrestaShop() if supplies else None

    def read(self, method, target, headers, body):
        parts = urlsplit(target)
        return method, parts.path, _query(parts.query), key_of(headers), _said(body)

    def fits(self, exchange, asked):
        request, parts = exchange.request, urlsplit(exchange.request["url"])
        body = _said((request["body"] or "").encode())
        recorded_one = request["method"], parts.path, _query(parts.query), key_of(request["headers"]), body
        return {} if recorded_one == asked else None

    def headers_of(self, exchange):
        return {"Content-Type": exchange.response["headers"].get("Content-Type", XML)}

    def surprise(self):
        return 501, {"Content-Type": XML}, b""

    def answer(self, method, target, headers, body):
        resource = urlsplit(target).path.split("/")[2]
        answered = super().answer(method, target, headers, body)
        if (
            answered[0] == 501
            and self._shelves
            and resource in {*UNRECORDED, *NOT_ASKED, *OF_ORDER}
            and method == "GET"
        ):
            self.surprises.pop()
            self.supplied.add(resource)
            return self._shelves.answer(method, target, headers, body)
        return answered


def key_of(headers):
    kind, _space, rest = (headers.get("Authorization") or "").partition(" ")
    return b64decode(rest).decode().partition(":")[0] if kind == "Basic" else ""


def _query(query):
    return dict(parse_qsl(query, keep_blank_values=True))


def _said(body):
    """What an XML body says, without attributes and spaces; bytes that are no XML as they are."""
    if not body:
        return None
    try:
        return _told(etree.fromstring(body))
    except etree.XMLSyntaxError:
        return body


def _told(row):
    return row.tag, (row.text or "").strip(), [_told(inner) for inner in row]
