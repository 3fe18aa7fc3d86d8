"""The connection to one store: its two APIs, and a quota that all its applications share."""

import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .. import rows
from ..caller import Caller
from ..errors import Busy, Refused
from ..records import Shop
from ..transport import HttpTransport, Response, Transport
from . import answers, shop

_API = "https://api.bigcommerce.com"
_HASH = re.compile(r"[a-z0-9]{4,40}")
# Calls that are left to the store's other applications.
_RESERVE = 5
_PAGE = 250


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the store. Nothing is sent yet."""
    for name, label in (("store", "store hash"), ("access_token", "access token")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} is missing.")
    base = store_address(credentials["store"].strip())
    return Client(base, credentials["access_token"].strip(), transport or HttpTransport())


def store_address(entered: str) -> str:
    """Of the API, from the hash alone or the whole path. A stand-in on this very machine is an address with a hash."""
    parts = urlsplit(entered)
    host = f"{parts.scheme}://{parts.netloc}" if parts.hostname == "127.0.0.1" else _API
    name = entered.partition("/stores/")[2].partition("/")[0] if "/" in entered else entered
    if not _HASH.fullmatch(name):
        raise Refused("The store hash is the part behind /stores/ in the API path, letters and digits only.")
    return f"{host}/stores/{name}"


class Client(Caller):
    """`page_size`: orders of a page; what hangs on each is one or two calls more."""

    page_size = 10

    def __init__(self, base: str, token: str, transport: Transport, clock=time.monotonic):
        super().__init__(base, transport)
        self.settings: dict | None = None
        self._token = token
        self._clock = clock
        self._closed_until = 0.0

    def __repr__(self) -> str:
        return f"<BigCommerce client of {self.base.rpartition('/')[2]}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    def prove(self, method: str, url: str, params: Mapping[str, Any], body: bytes) -> Mapping[str, str]:
        """Also the only place that every call passes: the quota of the window is left alone when it is nearly used."""
        wait = self._closed_until - self._clock()
        if wait > 0:
            raise Busy("BigCommerce's calls of this half minute are used up.", retry_after=wait, code="WAITING")
        return {"X-Auth-Token": self._token, "Content-Type": "application/json"}

    def judge(self, response: Response, *, what: str, writes: bool) -> None:
        left = answers.left(response)
        if left is not None and left <= _RESERVE:
            self._closed_until = self._clock() + answers.seconds(response)
        answers.raise_for_problem(response, what=what, writes=writes)

    def listed(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> list[dict]:
        """A list of version 2: nothing at all (204) where it is empty (contract)."""
        answer = self.get(f"/v2{path}", params, what=what)
        return rows.rows(rows.load_any(answer.body)) if answer.body else []

    def data(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> tuple[list[dict], int]:
        """(one page of version 3, how many pages there are)"""
        answer = self.get(f"/v3{path}", params, what=what)
        found = rows.load(answer.body) if answer.body else {}
        pagination = rows.record(rows.record(found.get("meta")).get("pagination"))
        return rows.rows(found.get("data")), rows.whole(pagination.get("total_pages"))

    def every(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> Iterator[dict]:
        page = 1
        while True:
            found, pages = self.data(path, {**(params or {}), "page": page, "limit": _PAGE}, what=what)
            yield from found
            page += 1
            if not found or page > pages:
                return
