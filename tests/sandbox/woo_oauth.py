"""How a double of WooCommerce looks at a signed request: OAuth 1.0a over plain http, each nonce once."""

import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parents[2] / "addons" / "ecom_connector"))

from channels.woocommerce import signing  # noqa: E402


class Signature(NamedTuple):
    key: str
    is_right: bool  # made with the secret of its key
    is_fresh: bool  # its nonce was never seen before


class Guard:
    """Remembers the nonces. `secrets`: {key: secret}."""

    def __init__(self, secrets):
        self.secrets = secrets
        self._nonces = set()

    def look_at(self, method, url, query, headers):
        """The request's Signature, None when it has none of this kind."""
        kind, _space, rest = headers.get("Authorization", "").partition(" ")
        if kind != "OAuth":
            return None
        claims = {name: unquote(value.strip('"')) for name, value in (pair.split("=", 1) for pair in rest.split(", "))}
        stated, key, nonce = claims.pop("oauth_signature"), claims["oauth_consumer_key"], claims["oauth_nonce"]
        is_fresh = nonce not in self._nonces
        self._nonces.add(nonce)
        is_right = stated == signing.signature(method, url, {**query, **claims}, self.secrets.get(key, ""))
        return Signature(key, is_right, is_fresh)
