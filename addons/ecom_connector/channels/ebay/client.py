"""The connection to one seller's account: two hosts, an access of two hours, and signatures where Europe wants them."""

import re
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from .. import rows
from ..caller import Access, Caller
from ..errors import Refused, Unreadable
from ..records import Shop
from ..transport import HttpTransport, Request, Response, Transport, keep_headers
from . import account, answers, signing
from .marketplaces import MARKETPLACES, signs

# Asked with the application's own access, not with the seller's (guide).
_OF_THE_APPLICATION = tuple(f"/commerce/notification/v1/{name}" for name in ("destination", "topic", "config"))
_WORDS = {"client_id": "App ID", "client_secret": "Cert ID", "refresh_token": "user refresh token"}
_VAT = re.compile(r"([A-Za-z]{2})[ =:]+([0-9]{1,2}(?:\.[0-9]{1,2})?)")


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the account. Nothing is sent yet."""
    for name, label in _WORDS.items():
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} is missing.")
    marketplace = (credentials.get("marketplace") or "EBAY_US").strip().upper()
    if marketplace not in MARKETPLACES:
        raise Refused(f"The marketplace is one of {', '.join(MARKETPLACES)}.")
    return Client(credentials, marketplace, transport or HttpTransport())


def address(credentials: Mapping[str, str]) -> str:
    """Of the API. A sandbox is told by its App ID; a stand-in on this very machine by an address of its own."""
    stand_in = credentials.get("address") or ""
    if urlsplit(stand_in).hostname == "127.0.0.1":
        return stand_in
    return "https://api.sandbox.ebay.com" if "-SBX-" in (credentials.get("client_id") or "") else "https://api.ebay.com"


def read_vat(entered: str) -> dict[str, Decimal]:
    """{country: percent} of "DE 19, AT 20". Refused."""
    found = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", entered))):
        match = _VAT.fullmatch(part)
        if not match:
            raise Refused(f"VAT is entered like this: DE 19, AT 20. “{part}” is not understood.")
        found[match[1].upper()] = Decimal(match[2])
    return found


def ask_token(base: str, transport: Transport, id: str, secret: str, form: Mapping[str, str]) -> tuple[str, int]:
    """(token, seconds) of eBay's sign-in. Refused."""
    headers = {
        "Authorization": "Basic " + b64encode(f"{id}:{secret}".encode()).decode(),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    url = f"{base}/identity/v1/oauth2/token"
    response = transport.send(
        Request(method="POST", url=url, headers=headers, body=urlencode(form).encode(), auth=keep_headers)
    )
    if response.status in (400, 401):
        code, words = answers.said(response)
        hint = "Check App ID and Cert ID, and get a new user token in the developer portal: it lasts 18 months."
        raise Refused(f"Signing in to eBay: {words or 'not accepted'}. {hint}", code=code, status=response.status)
    answers.raise_for_problem(response, what="Signing in to eBay", writes=False)
    found = rows.load(response.body)
    token, seconds = rows.text(found.get("access_token")), rows.whole(found.get("expires_in"))
    if not token:
        raise Unreadable("eBay gave no access.")
    return token, seconds or 7200


class Client(Caller):
    """`page_size`: orders of a page (up to 200); `vat`: {country: percent} that prices contain."""

    page_size = 100

    def __init__(self, credentials: Mapping[str, str], marketplace: str, transport: Transport):
        super().__init__(address(credentials), transport)
        self.marketplace = marketplace
        self.currency = MARKETPLACES[marketplace]
        self.vat = read_vat(credentials.get("vat") or "")
        self.credentials = credentials
        self._access = Access(self._sign_in)
        self._application = Access(self._sign_in_as_application)

    def __repr__(self) -> str:
        return f"<eBay client of {self.marketplace}>"

    def check(self) -> Shop:
        return account.read_account(self)

    def money(self, path: str) -> str:
        """The address of what is about money and keys: another host."""
        return self.base.replace("//api.", "//apiz.") + path

    def prove(self, method: str, url: str, params: Mapping[str, Any], body: bytes) -> Mapping[str, str]:
        path = urlsplit(url).path
        if path.startswith(_OF_THE_APPLICATION):
            return {"Authorization": f"Bearer {self._application.token()}"}
        if path.startswith("/post-order/"):
            return {"Authorization": f"IAF {self._access.token()}", "X-EBAY-C-MARKETPLACE-ID": self.marketplace}
        headers = {"Authorization": f"Bearer {self._access.token()}", "X-EBAY-C-MARKETPLACE-ID": self.marketplace}
        if path.startswith("/sell/inventory/"):
            headers["Content-Language"] = "en-US"  # names the locale of what is written; eBay wants one (guide)
        if signs(self.marketplace) and signing.is_wanted(path):
            headers |= signing.signed(signing.key(self), method, url, body)
        return headers

    def renew(self, response: Response) -> bool:
        expired = answers.is_expired(response)
        if expired:
            self._access.forget()
            self._application.forget()
        return expired

    def judge(self, response: Response, *, what: str, writes: bool) -> None:
        answers.raise_for_problem(response, what=what, writes=writes)

    def _sign_in(self) -> tuple[str, int]:
        return self._ask({"grant_type": "refresh_token", "refresh_token": self.credentials["refresh_token"].strip()})

    def _sign_in_as_application(self) -> tuple[str, int]:
        return self._ask({"grant_type": "client_credentials", "scope": "https://api.ebay.com/oauth/api_scope"})

    def _ask(self, form: Mapping[str, str]) -> tuple[str, int]:
        id, secret = (self.credentials[name].strip() for name in ("client_id", "client_secret"))
        return ask_token(self.base, self.transport, id, secret, form)
