"""The way to the shop: address, key, one method to read and one to write. Nouns speak through it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from ..errors import Refused, Unanswered, Unreadable
from ..records import Location, Page, Shop
from ..transport import HttpTransport, Request, Response, Transport, raise_for_status
from .access import Access
from .reading import expecting, loads, raw, word

# The shop's moments are whole seconds, and its clock is not ours: look back a little more than we think we must.
OVERLAP = timedelta(seconds=2)
PAGE_SIZE = 50


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for these credentials. Without an address the shop is a file beside us: nobody is called.

    Refused when neither an address nor a file is known.
    """
    url = (credentials.get("url") or "").rstrip("/")
    return Client(url, Access(credentials), transport or _way_to(url, credentials))


def _way_to(url: str, credentials: Mapping[str, str]) -> Transport:
    if url:
        return HttpTransport()
    if not credentials.get("file"):
        raise Refused("The demo shop has neither an address nor a file to live in.")
    from . import shop  # the pretend other side is not loaded for a shop with an address

    profile = shop.Profile.of(credentials.get("currency") or "EUR", history_days=21)
    return shop.ShopTransport(shop.Shop(credentials["file"], seed=credentials.get("seed") or "1", profile=profile))


class Client:
    """Raises only what `errors` defines. `what` in its methods names the attempt in a merchant's words."""

    def __init__(self, url: str, access: Access, transport: Transport):
        self.url = url
        self.page_size = PAGE_SIZE
        self._access = access
        self._transport = transport

    def close(self) -> None:
        """Let go of the connection or the file."""
        self._transport.close()

    def check(self) -> Shop:
        """Who answers there. Refused with the reason when our key is not accepted."""
        told = self.get("/shop", what="Connecting to the shop")
        with expecting("What the shop says of itself"):
            return Shop(
                external_id=word(told["id"]),
                name=word(told["name"]),
                url=self.url,
                currency=word(told["currency"]),
                timezone=word(told["timezone"]),
                version=word(told["version"]),
                locations=tuple(
                    Location(external_id=word(place["id"]), name=word(place["name"])) for place in told["locations"]
                ),
            )

    def get(self, path: str, *, what: str, **params: Any) -> dict:
        """Read. Unreachable, Busy, Refused, Gone, Unreadable."""
        asked = {name: value for name, value in params.items() if value not in ("", None)}
        request = Request(method="GET", url=self.url + path, params=asked, headers={"Accept": "application/json"})
        return loads(self._sent(request, what).body, what)

    def post(self, path: str, value: Mapping[str, Any], *, what: str, read: Callable[[dict], Any]) -> Any:
        """Write, and `read` the answer. Unanswered whenever it may have been applied and the answer tells us nothing:
        the shop must then be asked what it holds. Else Unreachable, Busy, Refused, Rejected."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        request = Request(method="POST", url=self.url + path, headers=headers, body=json.dumps(value).encode())
        response = self._sent(request, what)
        try:
            with expecting(what):
                return read(loads(response.body, what))
        except Unreadable as error:
            raise Unanswered(f"{what}: the shop's answer cannot be read.", status=response.status) from error

    def changed(
        self, noun: str, since: datetime | None, until: datetime | None, token: str, read: Callable = raw, **params: Any
    ) -> Page:
        """One page of a list of papers that were changed since then, oldest change first."""
        told = self.get(
            f"/{noun}",
            what=f"Fetching {noun}",
            since=_text(since - OVERLAP if since else None),
            until=_text(until),
            token=token,
            limit=self.page_size,
            **params,
        )
        with expecting(f"The list of {noun}"):
            return Page(items=tuple(read(entry) for entry in _entries(told, noun)), next=word(told["next"]))

    def _sent(self, request: Request, what: str) -> Response:
        response, code, message = self._answer(request)
        if code == "token_expired" and self._access.renewable:
            self._access.renew(self._transport, self.url)
            response, code, message = self._answer(request)
        raise_for_status(response, what=what, writes=request.writes, code=code, message=message)
        return response

    def _answer(self, request: Request) -> tuple[Response, str, str]:
        """The answer, with the code and the message of its error if it is one."""
        response = self._transport.send(replace(request, headers={**request.headers, **self._access.headers()}))
        return response, *(_problem(response) if response.status >= 400 else ("", ""))


def _entries(told: dict, noun: str) -> list:
    entries = told[noun]
    if not isinstance(entries, list):
        raise TypeError
    return entries


def _text(moment: datetime | None) -> str:
    if moment is None:
        return ""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(timezone.utc).isoformat()


def _problem(response: Response) -> tuple[str, str]:
    """(code, message) of the shop's own error; empty where it sent something else."""
    try:
        problem = loads(response.body, "An error")["error"]
        return word(problem["code"]), word(problem["message"])
    except (Unreadable, KeyError, TypeError):
        return "", ""
