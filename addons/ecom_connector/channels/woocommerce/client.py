"""The connection to one shop: addresses, proof of who we are, and one place where answers become errors."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import Refused
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport
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
    """The address of the shop's front page, from what people paste: without scheme, the API's, the back office's."""
    entered = entered.strip()
    if "://" not in entered:
        entered = f"https://{entered}"
    try:
        parts = urlsplit(entered)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused("This is not the address of a shop.") from error
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise Refused("The address of a shop begins with https:// (or http://) and a name.")
    if parts.username or parts.password:
        raise Refused("Enter the address without a user name; key and secret have their own fields.")
    path = parts.path
    for tail in ("/wp-json", "/wp-admin", "/index.php"):
        path = path.split(tail)[0]
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{path.rstrip('/')}"


def _keep_header(prepared):
    """Stands in as `auth`, so that requests does not put an entry of a .netrc file in the place of our header."""
    return prepared


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
        request = Request(method=method, url=url, params=params, headers=headers, body=body, auth=_keep_header)
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
