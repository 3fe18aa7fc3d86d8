"""What shows the shop who we are: a key that stays, or an access token that ends and is renewed."""

import json
from collections.abc import Mapping

from ..errors import Refused
from ..transport import Request, Transport, raise_for_status
from .reading import expecting, loads, word


class Access:
    """Reads `api_key`, or where there is one `refresh_token` with its `access_token`, from the credentials."""

    def __init__(self, credentials: Mapping[str, str]):
        self._credentials = credentials
        self._token = credentials.get("access_token") or ""
        self.renewable = bool(credentials.get("refresh_token"))

    def headers(self) -> dict[str, str]:
        if self.renewable:
            return {"Authorization": f"Bearer {self._token}"}
        return {"X-Api-Key": self._credentials.get("api_key") or ""}

    def renew(self, transport: Transport, url: str) -> None:
        """Get a new access token, unless somebody else just did. Refused when the shop wants to be connected again.

        The new tokens are kept before they are used: a crash in between must not disconnect the shop.
        """
        ended = self._token

        def renewed(stored: Mapping[str, str]) -> Mapping[str, str]:
            if stored.get("access_token") and stored["access_token"] != ended:
                return {}
            return _ask(transport, url, stored["refresh_token"])

        self._token = self._credentials.rotate(renewed)["access_token"]


def _ask(transport: Transport, url: str, refresh_token: str) -> dict[str, str]:
    what = "Renewing access to the shop"
    body = json.dumps({"refresh_token": refresh_token}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    response = transport.send(Request(method="POST", url=f"{url}/token", headers=headers, body=body))
    if response.status == 422:
        raise Refused(f"{what}: the shop wants to be connected again.", status=422)
    # No write of the shop's business: what the access was wanted for has not been asked yet.
    raise_for_status(response, what=what, writes=False)
    told = loads(response.body, what)
    with expecting(what):
        return {name: word(told[name]) for name in ("access_token", "refresh_token")}
