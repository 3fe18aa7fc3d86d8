"""What clients of JSON APIs share: one place where requests are made, and an access that is asked for anew."""

import json
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from . import rows
from .errors import Unanswered, Unreachable, Unreadable
from .transport import Request, Response, Transport, keep_headers, raise_for_status

# An access is asked for anew so long before it ends, so that it outlives the call that it is sent with.
_MARGIN = 60


class Access:
    """A token that ends after a while. `ask` gets (token, seconds) from the channel."""

    def __init__(self, ask: Callable[[], tuple[str, int]]):
        self._ask = ask
        self._token, self._ends = "", 0.0

    def token(self) -> str:
        if not self._token or time.monotonic() >= self._ends:
            token, seconds = self._ask()
            self._token, self._ends = token, time.monotonic() + max(seconds - _MARGIN, 0)
        return self._token

    def forget(self) -> None:
        self._token = ""


class Caller:
    """Asks one JSON API. A vendor's client says how it proves who we are (`prove`) and how its API words an error
    (`said`); where statuses mean something else than they should, what an answer means (`judge`)."""

    def __init__(self, base: str, transport: Transport):
        self.base = base
        self.transport = transport

    def prove(self, method: str, url: str, params: Mapping[str, Any], body: bytes) -> Mapping[str, str]:
        """The headers that prove it."""
        raise NotImplementedError

    def said(self, told: Mapping[str, Any]) -> tuple[str, str]:
        """(code, words) of an error, out of its JSON object."""
        return "", ""

    def judge(self, response: Response, *, what: str, writes: bool) -> None:
        """Raises from `errors` unless all is well. Asked of every answer."""
        if response.status < 400:
            return
        try:
            with rows.expecting(what):
                code, words = self.said(rows.load(response.body))
        except Unreadable:  # a page of a proxy, for example
            code, words = "", ""
        raise_for_status(response, what=what, writes=writes, code=code, message=words)

    def renew(self, response: Response) -> bool:
        """Whether it is worth asking once more, with a new access."""
        return False

    def ask(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> dict:
        """The JSON object that stands there."""
        return rows.load(self.get(path, params, what=what).body)

    def tell(self, method: str, path: str, payload: Any, *, what: str) -> dict:
        """The JSON object in the answer. Where there is none it may have been done all the same: Unanswered."""
        response = self.call(method, path, payload=payload, what=what)
        try:
            return rows.load(response.body)
        except Unreadable as error:
            raise Unanswered(f"{what}: the answer cannot be read.", status=response.status) from error

    def get(self, path: str, params: Mapping[str, Any] | None = None, *, what: str) -> Response:
        return self.call("GET", path, params=params, what=what)

    def post(self, path: str, payload: Any, *, what: str, reads: bool = False) -> Response:
        """`reads`: a question that is too long for an address. One that was not answered has changed nothing."""
        return self.call("POST", path, payload=payload, what=what, reads=reads)

    def put(self, path: str, payload: Any, *, what: str) -> Response:
        return self.call("PUT", path, payload=payload, what=what)

    def call(self, method, path, *, params=None, payload=None, what: str, reads: bool = False) -> Response:
        writes = method != "GET" and not reads
        try:
            asked = {name: value for name, value in (params or {}).items() if value is not None}
            response = self._send(method, path, asked, payload)
            if self.renew(response):
                response = self._send(method, path, asked, payload)
        except Unanswered as error:
            if writes:
                raise
            raise Unreachable(str(error)) from error
        self.judge(response, what=what, writes=writes)
        return response

    def _send(self, method: str, path: str, params: Mapping[str, Any], payload: Any) -> Response:
        url = path if "://" in path else f"{self.base}{path}"
        body = b"" if payload is None else json.dumps(payload, default=_number).encode()
        headers = {"Accept": "application/json", "User-Agent": "Odoo ecom_connector"}
        if body:
            headers["Content-Type"] = "application/json"
        headers.update(self.prove(method, url, params, body))
        request = Request(method=method, url=url, params=params, headers=headers, body=body, auth=keep_headers)
        return self.transport.send(request)


def _number(value: Any) -> float | str:
    return float(value) if isinstance(value, Decimal) else str(value)
