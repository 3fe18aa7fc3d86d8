"""The connection to one shop: signed requests, or an access token alone, and one place where answers become errors."""

from collections.abc import Mapping
from typing import Any

from .. import address, oauth1, rows
from ..caller import Caller
from ..errors import Refused
from ..records import Shop
from ..transport import HttpTransport, Response, Transport
from . import answers, shop

_SIGNING = ("consumer_key", "consumer_secret", "access_token_secret")


def connect(credentials: Mapping[str, str], transport: Transport | None = None) -> "Client":
    """A client for the shop. Nothing is sent yet."""
    for name, label in (("url", "address"), ("access_token", "access token")):
        if not (credentials.get(name) or "").strip():
            raise Refused(f"The {label} of the shop is missing.")
    keys = {name: (credentials.get(name) or "").strip() for name in (*_SIGNING, "access_token")}
    given = [name for name in _SIGNING if keys[name]]
    if given and len(given) < len(_SIGNING):
        raise Refused("Enter consumer key, consumer secret and access token secret, or none of the three.")
    base = address.shop_address(credentials["url"], ("/rest", "/admin", "/index.php"))
    website = (credentials.get("website") or "base").strip()
    return Client(base=base, keys=keys, website=website, transport=transport or HttpTransport())


class Client(Caller):
    """`page_size`: records of a page. An administrator may have set a maximum."""

    page_size = 50

    def __init__(self, *, base: str, keys: Mapping[str, str], website: str, transport: Transport):
        super().__init__(f"{base}/rest", transport)
        self.shop_url = base
        self.website = website
        self.settings: list[dict] | None = None
        self.sources: list[str] | None = None
        self._keys = keys

    def __repr__(self) -> str:
        return f"<Magento 2 client of {self.shop_url}>"

    def check(self) -> Shop:
        return shop.read_shop(self)

    def prove(self, method: str, url: str, params: Mapping[str, Any], body: bytes) -> Mapping[str, str]:
        keys = self._keys
        if not keys["consumer_key"]:
            return {"Authorization": f"Bearer {keys['access_token']}"}
        signed = oauth1.header(
            method,
            url,
            params,
            keys["consumer_key"],
            keys["consumer_secret"],
            keys["access_token"],
            keys["access_token_secret"],
        )
        return {"Authorization": signed}

    def judge(self, response: Response, *, what: str, writes: bool) -> None:
        answers.raise_for_problem(response, what=what, writes=writes)

    def records(self, path: str, params: Mapping[str, Any], *, what: str) -> tuple[list[dict], int]:
        """(the records of one page, how many there are in all)"""
        found = rows.load(self.get(path, params, what=what).body)
        return rows.rows(found.get("items")), rows.whole(found.get("total_count"))
