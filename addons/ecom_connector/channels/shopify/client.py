"""The connection to one shop: one address, one version, and one place where documents are sent."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..errors import Busy, Refused, Unanswered, Unreachable
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport
from . import answers, api, fields, shop
from .access import Access
from .documents.document import Document
from .throttle import Bucket

# A pass of the engine lasts seconds: who has to wait longer comes again later.
PATIENCE = 2.0
ATTEMPTS = 3
_SHOP = re.compile(r"[a-z0-9][a-z0-9-]*")
_ADMIN = re.compile(r"/store/([a-z0-9][a-z0-9-]*)")


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the shop. Nothing is sent yet."""
    base = shop_address(credentials.get("url") or "")
    sender = transport or HttpTransport()
    leave_out = [source.strip().casefold() for source in (credentials.get("leave_out") or "").split(",")]
    return Client(
        base=base,
        access=Access(credentials, base, sender),
        transport=sender,
        leave_out=frozenset(filter(None, leave_out)),
    )


def shop_address(entered: str) -> str:
    """https://<shop>.myshopify.com, from what people paste: the name alone, the admin's address, with a path."""
    entered = entered.strip().lower()
    if not entered:
        raise Refused("The address of the shop is missing.")
    try:
        parts = urlsplit(entered if "://" in entered else f"https://{entered}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("This is not the address of a shop.") from error
    if parts.username or parts.password:
        raise Refused("Enter the address without a user name; keys have their own fields.")
    if host == "admin.shopify.com" and (found := _ADMIN.match(parts.path)):
        host = f"{found[1]}.myshopify.com"
    if _SHOP.fullmatch(host) and host != "localhost":
        host = f"{host}.myshopify.com"
    # A shop on this very machine is one that we test with.
    local = host in ("localhost", "127.0.0.1")
    if not local and not host.endswith(".myshopify.com"):
        raise Refused("Enter the address that ends in .myshopify.com: Shopify admin > Settings > Domains shows it.")
    return f"{parts.scheme if local else 'https'}://{host}{f':{port}' if local and port else ''}{_folder(parts, local)}"


def _folder(parts, local: bool) -> str:
    return parts.path.rstrip("/") if local else ""


def _keep_header(prepared):
    """Stands in as `auth`, so that requests does not put an entry of a .netrc file in the place of our header."""
    return prepared


class Client:
    """Asks one shop.

    orders_at_once  whole orders in one answer; lines_at_once: lines of each that come with it, the rest is paged
    large_catalogue, long_history   more variants, more orders than that come as one file
    leave_out       sources whose orders are not wanted ("pos")
    """

    orders_at_once = 3
    lines_at_once = 5
    large_catalogue = 2000
    long_history = 300

    def __init__(
        self,
        *,
        base: str,
        access: Access,
        transport: Transport,
        leave_out: frozenset = frozenset(),
        clock=None,
        sleep=None,
    ):
        self.base = base
        self.transport = transport
        self.leave_out = leave_out
        self.markets: tuple[float, dict[str, str]] | None = None
        self.clock = clock or time.monotonic
        self._sleep = sleep or time.sleep
        self._access = access
        self._bucket = Bucket(self.clock)

    def __repr__(self) -> str:
        return f"<Shopify client of {self.base}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    def ask(self, document: Document, variables: Mapping[str, Any], *, what: str) -> dict:
        """The answer's `data`. `what` names the attempt in a merchant's words.

        Busy where the points do not suffice for seconds; a short wait is waited for. A read that was not answered is
        asked again once; a write never, for it may have been applied.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._wait(self._bucket.seconds_until(document), what)
            self._bucket.take(document)
            try:
                return self._answer(document, variables, what)
            except Busy as error:
                if error.code != "THROTTLED" or attempt == ATTEMPTS:
                    raise
                self._wait(max(self._bucket.seconds_until(document), 0.5), what)
            except Unreachable as error:
                if isinstance(error, Unanswered) or document.writes or attempt == ATTEMPTS - 1:
                    raise
                self._sleep(0.3)
        raise AssertionError("every attempt returns or raises")

    def pages(self, document: Document, variables: Mapping[str, Any], *, what: str) -> Iterator[dict]:
        """Every page of the connection `owner.page` of a document that has one; nothing where the owner is gone."""
        after = variables.get("after")
        while True:
            data = self.ask(document, {**variables, "after": after}, what=what)
            page = fields.record(fields.record(data.get("owner")).get("page"))
            yield page
            after = fields.following(page)
            if not after:
                return

    def _wait(self, seconds: float, what: str) -> None:
        if seconds > PATIENCE:
            raise Busy(f"{what}: Shopify asks us to slow down.", retry_after=seconds, code="WAITING")
        if seconds > 0:
            self._sleep(seconds)

    def _answer(self, document: Document, variables: Mapping[str, Any], what: str) -> dict:
        response = self._send(document, variables)
        if response.status == 401 and self._access.renewable:
            self._access.renew()
            response = self._send(document, variables)
        self._bucket.learn(document, answers.cost(response))
        return answers.read(response, what=what, writes=document.writes)

    def _send(self, document: Document, variables: Mapping[str, Any]) -> Response:
        body = {"query": document.text, "operationName": document.name, "variables": dict(variables)}
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "Odoo ecom_connector",
            "X-Shopify-Access-Token": self._access.token(),
        }
        url = f"{self.base}/admin/api/{api.VERSION}/graphql.json"
        request = Request(
            method="POST", url=url, headers=headers, body=json.dumps(body, default=str).encode(), auth=_keep_header
        )
        try:
            return self.transport.send(request)
        except Unanswered as error:
            # Every call is a POST; one that only asks has changed nothing.
            if document.writes:
                raise
            raise Unreachable(str(error)) from error
