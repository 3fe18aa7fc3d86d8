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
import sys
import threading
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[2] / "addons" / "ecom_connector"))

from channels.woocommerce import signing  # noqa: E402

from tests.contract import recorded  # noqa: E402

OAUTH, BASIC = "OAuth", "Basic"


class ReplayedShop:
    def __init__(self):
        self.exchanges = list(recorded.woocommerce_exchanges())
        self.surprises = []
        self.used = set()
        self.added = {}  # file: what our request said beyond the recorded one
        self.keys = _secrets(self.exchanges)
        self._nonces = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Desk)
        self._server.daemon_threads = True
        self._server.shop = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def unused(self):
        return {exchange.file for exchange in self.exchanges} - self.used

    def answer(self, method, target, headers, body):
        """The exchange recorded for this request, None for a surprise."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        proof = self._proof(method, f"http://{headers['Host']}{parts.path}", query, headers)
        fitting = [
            exchange
            for exchange in self.exchanges
            if exchange.request["method"] == method
            and urlsplit(exchange.request["url"]).path == parts.path
            and _proof_of(exchange, self.keys) == proof
            and _is_asked(exchange, query)
            and _says(body, exchange) is not None
        ]
        if not fitting:
            self.surprises.append(f"{method} {target} {body.decode()[:200]}")
            return None
        chosen = next((exchange for exchange in fitting if exchange.file not in self.used), fitting[-1])
        self.used.add(chosen.file)
        added = _says(body, chosen)
        if added:
            self.added[chosen.file] = added
        return chosen

    def _proof(self, method, url, query, headers):
        """(kind, key, whether the secret is right); an OAuth nonce is good once."""
        kind, _space, rest = headers.get("Authorization", "").partition(" ")
        if kind != OAUTH:
            return kind, "", False
        claims = {name: unquote(value.strip('"')) for name, value in (pair.split("=", 1) for pair in rest.split(", "))}
        stated, key = claims.pop("oauth_signature"), claims["oauth_consumer_key"]
        fresh = claims["oauth_nonce"] not in self._nonces
        self._nonces.add(claims["oauth_nonce"])
        good = stated == signing.signature(method, url, {**query, **claims}, self.keys.get(key, ""))
        return OAUTH, key, good and fresh


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


class _Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange = self.server.shop.answer(self.command, self.path, self.headers, body)
        status = exchange.response["status"] if exchange else 501
        answer = (
            exchange.answer if exchange else b'{"code": "nobody_recorded_this", "message": "Nobody recorded this."}'
        )
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(answer)))
        for name, value in exchange.response["headers"].items() if exchange else ():
            if name.lower().startswith("x-wp-"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = do_DELETE = do_GET

    def log_message(self, *_what):
        """Silence: what matters stands in `surprises`."""
