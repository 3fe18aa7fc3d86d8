"""The connection to one seller account: its region, whose name it speaks in, and one place for errors."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import Refused, Unreadable
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers
from . import account, answers
from .access import SELLER, Access
from .sqs import Queue

_SIGN_IN = "https://api.amazon.com"
_REGIONS = {region: f"https://sellingpartnerapi-{region}.amazon.com" for region in ("na", "eu", "fe")}
# Where it keeps files: its own shops, in China as well.
_STORES = (".amazonaws.com", ".amazonaws.com.cn")
_WORDS = {"seller": "merchant token", "client_id": "LWA client id"}
_WORDS |= {"client_secret": "LWA client secret", "refresh_token": "refresh token"}


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the account. Nothing is sent yet."""
    for name, label in _WORDS.items():
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} is missing.")
    transport = transport or HttpTransport()
    base, sign_in = _addresses((credentials.get("region") or "").strip().lower())
    marketplaces = (credentials.get("marketplaces") or "").replace(";", ",").split(",")
    return Client(
        base=base,
        sign_in=sign_in,
        seller=credentials["seller"].strip(),
        marketplaces=tuple(filter(None, (marketplace.strip() for marketplace in marketplaces))),
        secrets={name: credentials[name].strip() for name in ("client_id", "client_secret", "refresh_token")},
        queue=_queue(credentials, transport),
        transport=transport,
    )


def _queue(credentials: Mapping[str, str], transport: Transport) -> Queue | None:
    address, key_id, secret = ((credentials.get(name) or "").strip() for name in ("queue", "aws_key", "aws_secret"))
    return Queue(address, key_id, secret, transport) if address else None


def _addresses(region: str) -> tuple[str, str]:
    """(of the API, of the sign-in). An address instead of a region is a stand-in for both, on this very machine."""
    if region in _REGIONS:
        return _REGIONS[region], _SIGN_IN
    parts = urlsplit(region)
    if parts.scheme == "http" and parts.hostname == "127.0.0.1":
        return region.rstrip("/"), region.rstrip("/")
    raise Refused("The region is na, eu or fe.")


class Client:
    """Asks one account. `page_size` is the number of orders of a page (up to 100, and a search is dear)."""

    page_size = 100

    def __init__(
        self,
        *,
        base: str,
        sign_in: str,
        seller: str,
        marketplaces: tuple[str, ...],
        secrets: Mapping[str, str],
        queue: Queue | None,
        transport: Transport,
    ):
        self.base = base
        self.seller = seller
        self.queue = queue
        self.transport = transport
        self._marketplaces = marketplaces
        self._access = Access(sign_in, secrets, transport)

    def __repr__(self) -> str:
        return f"<Amazon client of {self.seller}>"

    def check(self) -> Shop:
        return account.read_account(self)

    @property
    def marketplaces(self) -> tuple[str, ...]:
        """Those entered, else all that the account sells on."""
        if not self._marketplaces:
            self._marketplaces = tuple(site.external_id for site in account.read_sites(self))
        return self._marketplaces

    def get(self, path: str, params: Mapping[str, Any] | None = None, *, what: str, name: str = SELLER) -> Response:
        return self._call("GET", path, params or {}, None, what, name)

    def post(self, path: str, payload: Mapping[str, Any], *, what: str, name: str = SELLER) -> Response:
        return self._call("POST", path, {}, payload, what, name)

    def patch(self, path: str, payload: Mapping[str, Any], params: Mapping[str, Any], *, what: str) -> Response:
        return self._call("PATCH", path, params, payload, what)

    def download(self, address: str, *, what: str) -> bytes:
        """What lies at an address that Amazon gave out, which needs no access of ours and gets none. Unreadable."""
        if not self._is_amazons(address):
            raise Unreadable(f"{what}: Amazon named an address that is not its own.")
        response = self.transport.send(Request(method="GET", url=address, auth=keep_headers))
        answers.raise_for_problem(response, what=what, writes=False)
        return response.body

    def _is_amazons(self, address: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme == "https":
            return (parts.hostname or "").endswith(_STORES)
        return parts[:2] == urlsplit(self.base)[:2]

    def _call(
        self, method: str, path: str, params: Mapping[str, Any], payload: Any, what: str, name: str = SELLER
    ) -> Response:
        """In the `name` of the seller, or of the application."""
        response = self._send(method, path, params, payload, name)
        if answers.is_expired(response):
            self._access.forget()
            response = self._send(method, path, params, payload, name)
        answers.raise_for_problem(response, what=what, writes=method != "GET")
        return response

    def _send(self, method: str, path: str, params: Mapping[str, Any], payload: Any, name: str) -> Response:
        """Lists in parameters are written with commas (model: `csv`)."""
        headers = {"Accept": "application/json", "User-Agent": "Odoo ecom_connector"}
        headers["x-amz-access-token"] = self._access.token(name)
        body = b""
        if payload is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(payload).encode()
        said = {name: ",".join(value) if isinstance(value, tuple) else value for name, value in params.items()}
        url = f"{self.base}{path}"
        request = Request(method=method, url=url, params=said, headers=headers, body=body, auth=keep_headers)
        return self.transport.send(request)
