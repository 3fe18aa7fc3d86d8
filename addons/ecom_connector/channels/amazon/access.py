"""Login with Amazon: access tokens of an hour, in the seller's name or the application's own."""

import time
from collections.abc import Mapping
from urllib.parse import urlencode

from ..errors import Refused, Unreadable
from ..transport import Request, Transport, keep_headers
from . import answers

# Asked anew this long before it ends.
_MARGIN = 120
SELLER, APPLICATION = "seller", "application"
# What the application itself may do, by its scope (Amazon: grantless operations).
_NOTIFICATIONS = "sellingpartnerapi::notifications"


class Access:
    def __init__(self, sign_in: str, secrets: Mapping[str, str], transport: Transport):
        self._address, self._secrets, self._transport = f"{sign_in}/auth/o2/token", dict(secrets), transport
        self._tokens: dict[str, tuple[str, float]] = {}

    def forget(self) -> None:
        self._tokens.clear()

    def token(self, name: str = SELLER) -> str:
        """In whose name. Refused with the reason in plain words."""
        token, ends = self._tokens.get(name, ("", 0.0))
        if not token or time.monotonic() >= ends:
            token, seconds = self._sign_in(self._form(name))
            self._tokens[name] = token, time.monotonic() + max(seconds - _MARGIN, 0)
        return token

    def _form(self, name: str) -> dict[str, str]:
        if name == SELLER:
            return {"grant_type": "refresh_token", **self._secrets}
        application = {key: self._secrets[key] for key in ("client_id", "client_secret")}
        return {"grant_type": "client_credentials", "scope": _NOTIFICATIONS, **application}

    def _sign_in(self, form: Mapping[str, str]) -> tuple[str, int]:
        headers = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
        body = urlencode(form).encode()
        response = self._transport.send(
            Request(method="POST", url=self._address, headers=headers, body=body, auth=keep_headers)
        )
        if response.status in (400, 401):
            code, message = answers.said(response)
            words = message or "the application or the refresh token is not accepted"
            raise Refused(f"Signing in to Amazon: {words}. Authorize the application again.", code=code, status=400)
        answers.raise_for_problem(response, what="Signing in to Amazon", writes=False)
        found = answers.load(response.body)
        token, seconds = found.get("access_token"), found.get("expires_in", 3600)
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise Unreadable("Amazon gave no access.")
        return token, seconds
