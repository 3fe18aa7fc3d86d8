"""Every exchange recorded with a real WooCommerce, served over HTTP: one recorded answer for each recorded request.

    with ReplayedShop() as shop:
        ... ask shop.url ...
    assert not shop.surprises and not shop.unused()

A request is the recorded one if method, path, parameters, key and secret are the same and its body says all that the
recorded one said; what it says beyond is kept in `added`. Two liberties are taken, because they change no answer:
plain http is signed (OAuth 1.0a) where https was recorded with Basic, and a list that was recorded whole, without
parameters, may be asked for by its first page.
"""

import json
from base64 import b64decode
from urllib.parse import parse_qsl, urlsplit

from tests.contract import recorded
from tests.sandbox.replayed import Replayed
from tests.sandbox.woo_oauth import Guard

OAUTH, BASIC = "OAuth", "Basic"


class ReplayedShop(Replayed):
    def __init__(self):
        super().__init__(recorded.woocommerce_exchanges())
        self.keys = _secrets(self.exchanges)
        self._guard = Guard(self.keys)

    def read(self, method, target, headers, body):
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        proof = self._proof(method, f"http://{headers['Host']}{parts.path}", query, headers)
        return method, parts.path, query, proof, body

    def fits(self, exchange, asked):
        method, path, query, proof, body = asked
        if (
            exchange.request["method"] != method
            or urlsplit(exchange.request["url"]).path != path
            or _proof_of(exchange, self.keys) != proof
            or not _is_asked(exchange, query)
        ):
            return None
        return _says(body, exchange)

    def headers_of(self, exchange):
        told = exchange.response["headers"].items()
        return {name: value for name, value in told if name.lower().startswith("x-wp-")}

    def surprise(self):
        return 501, {}, b'{"code": "nobody_recorded_this", "message": "Nobody recorded this."}'

    def _proof(self, method, url, query, headers):
        """(kind, key, whether the secret is right); an OAuth nonce is good once."""
        signature = self._guard.look_at(method, url, query, headers)
        if signature is None:
            return headers.get("Authorization", "").partition(" ")[0], "", False
        return OAUTH, signature.key, signature.is_right and signature.is_fresh


def _secrets(exchanges):
    """{key: its secret}; of a key that was recorded with two, the one that let somebody in."""
    return {key: secret for key, secret in map(_basic, exchanges) if key} | {
        key: secret
        for exchange in exchanges
        for key, secret in [_basic(exchange)]
        if key and exchange.response["status"] < 400
    }


def _basic(exchange):
    kind, _space, rest = exchange.request["headers"].get("Authorization", "").partition(" ")
    if kind != BASIC:
        return "", ""
    key, _colon, secret = b64decode(rest).decode().partition(":")
    return key, secret


def _proof_of(exchange, keys):
    """As `_proof` of the request that repeats it: Basic over https stands for a signature over http."""
    header = exchange.request["headers"].get("Authorization", "")
    if header.startswith(OAUTH):
        return OAUTH, header.split('oauth_consumer_key="')[1].split('"')[0], True
    if exchange.request["url"].startswith("http:"):
        return BASIC, "", False
    key, secret = _basic(exchange)
    return OAUTH, key, keys[key] == secret


def _is_asked(exchange, query):
    stated = dict(parse_qsl(urlsplit(exchange.request["url"]).query, keep_blank_values=True))
    if stated == query:
        return True
    pages = exchange.response["headers"].get("X-WP-TotalPages")
    return not stated and pages == "1" and query.keys() <= {"per_page", "page"} and query.get("page", "1") == "1"


def _says(body, exchange):
    """What the body says beyond the recorded one; None where it says less, or something else."""
    stated, given = exchange.request["body"], json.loads(body) if body else None
    if stated is None or given is None:
        return {} if stated is None and given is None else None
    stated = json.loads(stated)
    if not isinstance(stated, dict):
        return {} if stated == given else None
    if any(given.get(name) != value for name, value in stated.items()):
        return None
    return {name: value for name, value in given.items() if name not in stated}
