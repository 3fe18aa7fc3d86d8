"""What shows Shopify who we are: an access token that stays, or one that ends and is renewed.

    older custom app        access_token (shpat_...), stays
    app of the Dev Dashboard  client_id + client_secret: "client credentials", for 24 hours
    installed by OAuth      refresh_token: an access token for an hour and the next refresh token with it

All three answers come from POST /admin/oauth/access_token (documented). What is fetched is kept apart from what a
person entered, so that nobody ever takes the one for the other.
"""

import json
import time
from collections.abc import Mapping

from ..errors import Refused, Unreadable
from ..transport import Request, Transport
from . import answers, fields

# A token is renewed so long before it ends, so that it outlives the call that it is sent with.
MARGIN = 120


class Access:
    def __init__(self, credentials: Mapping[str, str], base: str, transport: Transport):
        self._credentials = credentials
        self._base = base
        self._transport = transport
        self.renewable = _is_renewable(credentials)
        self._token = credentials.get("fetched_token" if self.renewable else "access_token") or ""
        self._until = _seconds(credentials.get("fetched_until"))
        if not self._token and not self.renewable:
            raise Refused("Enter the client ID and the client secret of your app, or an access token.")

    def token(self) -> str:
        if self.renewable and (not self._token or time.time() > self._until - MARGIN):
            self.renew()
        return self._token

    def renew(self) -> None:
        """Get a new token, unless another worker just did. It is kept before anybody uses it: a refresh token counts
        once, and a crash in between would disconnect the shop."""
        ended = self._token

        def renewed(stored: Mapping[str, str]) -> Mapping[str, str]:
            fresh = stored.get("fetched_token") or ""
            if fresh and fresh != ended and time.time() < _seconds(stored.get("fetched_until")) - MARGIN:
                return {}
            return self._ask(stored)

        kept = self._credentials.rotate(renewed)
        self._token, self._until = kept["fetched_token"], _seconds(kept.get("fetched_until"))

    def _ask(self, stored: Mapping[str, str]) -> dict[str, str]:
        what = "Getting access to the shop"
        asked = {"client_id": stored.get("client_id"), "client_secret": stored.get("client_secret")}
        if stored.get("refresh_token"):
            asked.update(grant_type="refresh_token", refresh_token=stored["refresh_token"])
        else:
            asked.update(grant_type="client_credentials")
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        url = f"{self._base}/admin/oauth/access_token"
        response = self._transport.send(
            Request(method="POST", url=url, headers=headers, body=json.dumps(asked).encode())
        )
        if response.status in (400, 401, 403):
            raise Refused(f"{what}: Shopify does not accept {_offered(stored)}.", status=response.status)
        answers.raise_for_http(response, what=what, writes=False)
        return _kept(fields.load(response.body))


def _is_renewable(credentials: Mapping[str, str]) -> bool:
    """A token that was entered by hand stays, whatever else is known of the app."""
    if credentials.get("refresh_token"):
        return True
    has_app = credentials.get("client_id") and credentials.get("client_secret")
    return bool(has_app and not credentials.get("access_token"))


def _offered(stored: Mapping[str, str]) -> str:
    if stored.get("refresh_token"):
        return "the connection any more. Install the app in the shop again"
    return "the client ID and client secret, or the app is not installed in this shop"


def _kept(told: Mapping) -> dict[str, str]:
    token, seconds = fields.text(told.get("access_token")), fields.count(told.get("expires_in"))
    if not token:
        raise Unreadable("Shopify granted access without a token.")
    kept = {"fetched_token": token, "fetched_until": str(int(time.time()) + (seconds or 86400))}
    if told.get("refresh_token"):
        kept["refresh_token"] = fields.text(told["refresh_token"])
    return kept


def _seconds(value: str | None) -> float:
    return float(value) if value and value.isascii() and value.isdigit() else 0.0
