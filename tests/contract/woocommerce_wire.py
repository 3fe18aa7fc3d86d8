"""What stands in for the network when our WooCommerce client is held to recorded traffic."""

import sys
from base64 import b64decode
from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "ecom_connector"))

from channels.transport import Request, Response  # noqa: E402
from channels.woocommerce import client  # noqa: E402

from tests.contract import recorded  # noqa: E402


class Replay:
    """A transport that answers what was recorded, and fails on a request that nobody recorded."""

    def __init__(self):
        self.held = defaultdict(list)
        for exchange in recorded.woocommerce_exchanges():
            self.held[asked(exchange.request)].append(exchange)

    def send(self, request: Request) -> Response:
        prepared = as_sent(request)
        found = self.held.get(asked({"method": prepared.method, "url": prepared.url, "headers": prepared.headers}))
        if not found:
            raise AssertionError(f"Nobody recorded {prepared.method} {prepared.url}")
        recorded.COUNTED["WooCommerce"]["requests of the nouns answered from recordings"] += 1
        chosen = found[-1]
        return Response(
            status=chosen.response["status"],
            headers=requests.structures.CaseInsensitiveDict(chosen.response["headers"]),
            body=chosen.answer,
        )


class Kept:
    """A transport that keeps the request instead of sending it."""

    def send(self, request: Request) -> Response:
        self.prepared = as_sent(request)
        return Response(status=200, headers={}, body=b"{}")


def as_sent(request: Request) -> requests.PreparedRequest:
    """What `requests` puts on the wire for it, done as our transport does."""
    return requests.Request(
        request.method,
        request.url,
        params=dict(request.params) or None,
        headers=dict(request.headers),
        data=request.body or None,
        auth=request.auth,
    ).prepare()


def asked(request) -> tuple:
    """Method, address, parameters in any order, and the kind of proof."""
    parts = urlsplit(request["url"])
    query = tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    proof = request["headers"].get("Authorization", "").split(" ")[0]
    return request["method"], parts.scheme, parts.netloc, parts.path, query, proof


def basic(exchange) -> tuple[str, str]:
    key, _colon, secret = b64decode(exchange.request["headers"]["Authorization"].split(" ")[1]).decode().partition(":")
    return key, secret


def full_key() -> tuple[str, str]:
    """Key and secret of the throw-away server, as they stand in the recorded headers."""
    return next(basic(e) for e in recorded.woocommerce_exchanges() if e.file.startswith("009-"))


def connect(transport, url="https://127.0.0.1:8443", key=None, secret=None) -> client.Client:
    full = full_key()
    return client.connect({"url": url, "consumer_key": key or full[0], "consumer_secret": secret or full[1]}, transport)
