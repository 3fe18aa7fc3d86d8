"""The connection to one seller account: an access of a quarter of an hour, a bucket of tokens for each kind of call."""

import time
import uuid
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .. import rows
from ..caller import Access, Caller
from ..errors import Busy, Refused, Unreadable
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers
from . import account, answers

_API = "https://marketplace.walmartapis.com"


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the account. Nothing is sent yet."""
    for name, label in (("client_id", "client ID"), ("client_secret", "client secret")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} is missing.")
    # A stand-in on this very machine has an address of its own.
    stand_in = credentials.get("address") or ""
    base = stand_in if urlsplit(stand_in).hostname == "127.0.0.1" else _API
    id, secret = (credentials[name].strip() for name in ("client_id", "client_secret"))
    return Client(base, id, secret, transport or HttpTransport())


class Client(Caller):
    """`page_size`: orders of a page (up to 200)."""

    page_size = 100

    def __init__(self, base: str, id: str, secret: str, transport: Transport, clock=time.monotonic):
        super().__init__(base, transport)
        self.id = id
        self.nodes: list[str] | None = None
        self._secret = secret
        self._clock = clock
        self._access = Access(self._sign_in)
        self._closed_until: dict[str, float] = {}

    def __repr__(self) -> str:
        return "<Walmart client>"

    def check(self) -> Shop:
        return account.read_account(self)

    def prove(self, method: str, url: str, params: Mapping[str, Any], body: bytes) -> Mapping[str, str]:
        """Also where every call passes: one whose bucket is empty is not made."""
        wait = self._closed_until.get(_kind(method, url), 0.0) - self._clock()
        if wait > 0:
            raise Busy("Walmart's calls of this kind are used up for now.", retry_after=wait, code="WAITING")
        return {
            "WM_SEC.ACCESS_TOKEN": self._access.token(),
            "Content-Type": "application/json",
            **_common(),
        }

    def renew(self, response: Response) -> bool:
        expired = answers.is_expired(response)
        if expired:
            self._access.forget()
        return expired

    def call(self, method, path, *, params=None, payload=None, what: str, reads: bool = False) -> Response:
        self._asked = _kind(method, path)
        return super().call(method, path, params=params, payload=payload, what=what, reads=reads)

    def judge(self, response: Response, *, what: str, writes: bool) -> None:
        if answers.left(response) == 0:
            self._closed_until[self._asked] = self._clock() + answers.seconds(response)
        answers.raise_for_problem(response, what=what, writes=writes)

    def _sign_in(self) -> tuple[str, int]:
        proof = b64encode(f"{self.id}:{self._secret}".encode()).decode()
        headers = {"Authorization": f"Basic {proof}", "Content-Type": "application/x-www-form-urlencoded", **_common()}
        url = f"{self.base}/v3/token"
        body = b"grant_type=client_credentials"
        response = self.transport.send(Request(method="POST", url=url, headers=headers, body=body, auth=keep_headers))
        if response.status in (400, 401):
            code, words = answers.said(response)
            hint = "Check client ID and secret in the developer portal."
            raise Refused(f"Signing in to Walmart: {words or 'not accepted'}. {hint}", code=code, status=400)
        answers.raise_for_problem(response, what="Signing in to Walmart", writes=False)
        found = rows.load(response.body)
        token = rows.text(found.get("access_token")) or rows.text(found.get("accessToken"))
        if not token:
            raise Unreadable("Walmart gave no access.")
        return token, rows.whole(found.get("expires_in") or found.get("expiresIn")) or 900


def _common() -> dict[str, str]:
    return {
        "WM_SVC.NAME": "Walmart Marketplace",
        "WM_QOS.CORRELATION_ID": str(uuid.uuid4()),
        "Accept": "application/json",
    }


def _kind(method: str, url: str) -> str:
    """Calls are counted by what they do, not by what they do it to: `PUT /v3/inventory`."""
    return f"{method} {'/'.join(urlsplit(url).path.split('/')[:3])}"
