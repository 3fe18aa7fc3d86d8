"""The connection to one shop: addresses, proof of who we are, and one place where answers become errors."""

import json
from collections.abc import Mapping
from typing import Any

from .. import address
from ..errors import Refused
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers
from . import answers, shop, signing


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the shop. Nothing is sent yet."""
    for name, label in (("url", "address"), ("consumer_key", "consumer key"), ("consumer_secret", "consumer secret")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} of the shop is missing.")
    return Client(
        base=shop_address(credentials["url"]),
        key=credentials["consumer_key"].strip(),
        secret=credentials["consumer_secret"].strip(),
        transport=transport or HttpTransport(),
    )


def shop_address(entered: str) -> str:
    return address.shop_address(entered, ("/wp-json", "/wp-admin", "/index.php"))


class Client:
    """Asks one shop. `page_size` is the number of records asked for at once (the shop allows up to 100)."""

    page_size = 50

    def __init__(self, *, base: str, key: str, secret: str, transport: Transport):
        self.base = base
        self.transport = transport
        self._key = key
        self._secret = secret

    def __repr__(self) -> str:
        return f"<WooCommerce client of {self.base}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    def get(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> Response:
        return self._call("GET", path, params or {}, None, what)

    def post(self, path: str, payload: Mapping[str, Any], *, what: str) -> Response:
        return self._call("POST", path, {}, payload, what)

    def put(self, path: str, payload: Mapping[str, Any], *, what: str) -> Response:
        return self._call("PUT", path, {}, payload, what)

    def index(self) -> Response:
        """What WordPress tells everybody about itself. The whole answer lists 500 routes: ask for five fields."""
        params = {"_fields": "name,url,gmt_offset,timezone_string,namespaces"}
        request = Request(method="GET", url=f"{self.base}/wp-json/", params=params, headers=self._headers())
        return self._answer(request, "Reaching the shop")

    def _call(self, method: str, path: str, params: Mapping[str, Any], payload: Any, what: str) -> Response:
        url = f"{self.base}/wp-json/wc/v3/{path}"
        headers = self._headers()
        headers["Authorization"] = self._authorization(method, url, params)
        body = b""
        if payload is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(payload, default=str).encode()
        request = Request(method=method, url=url, params=params, headers=headers, body=body, auth=keep_headers)
        return self._answer(request, what)

    def _answer(self, request: Request, what: str) -> Response:
        response = self.transport.send(request)
        answers.raise_for_problem(response, what=what, writes=request.writes)
        return response

    def _authorization(self, method: str, url: str, params: Mapping[str, Any]) -> str:
        if url.startswith("https://"):
            return signing.basic_header(self._key, self._secret)
        return signing.oauth_header(method, url, params, self._key, self._secret)

    @staticmethod
    def _headers() -> dict[str, str]:
        return {"Accept": "application/json", "User-Agent": "Odoo ecom_connector"}
