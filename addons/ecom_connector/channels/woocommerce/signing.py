"""OAuth 1.0a, "one-legged": how WooCommerce wants to be asked over plain http.

Basic is refused there with 401 (recorded), because key and secret would travel in the clear; here only a signature
does. Source: RFC 5849 section 3.4 and WooCommerce's REST documentation, "Authentication over HTTP".
"""

import hashlib
import hmac
import secrets
import time
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

_DIGESTS = {"HMAC-SHA256": hashlib.sha256, "HMAC-SHA1": hashlib.sha1}


def _encoded(value: Any) -> str:
    return quote(str(value), safe="-._~")


def base_string(method: str, url: str, params: Mapping[str, Any]) -> str:
    """Method, address and all parameters (of query and header), each encoded, joined by ampersands.

    Names and values are encoded before they are sorted, and the sorted text is encoded once more (RFC 5849, 3.4.1.3.2).
    """
    parts = urlsplit(url)
    address = f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path}"
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in params.items())
    joined = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((method.upper(), _encoded(address), _encoded(joined)))


def signature(method: str, url: str, params: Mapping[str, Any], secret: str) -> str:
    """Signed with the secret and an ampersand: there is no token secret to follow it."""
    digest = _DIGESTS[params["oauth_signature_method"]]
    signed = hmac.new(f"{secret}&".encode(), base_string(method, url, params).encode(), digest)
    return b64encode(signed.digest()).decode()


def oauth_header(method: str, url: str, query: Mapping[str, Any], key: str, secret: str) -> str:
    """The Authorization header of one request. Each needs its own: a nonce is accepted once, for 15 minutes."""
    claims = {
        "oauth_consumer_key": key,
        "oauth_nonce": secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(int(time.time())),
        "oauth_version": "1.0",
    }
    claims["oauth_signature"] = signature(method, url, {**query, **claims}, secret)
    return "OAuth " + ", ".join(f'{name}="{_encoded(value)}"' for name, value in claims.items())


def basic_header(key: str, secret: str) -> str:
    return "Basic " + b64encode(f"{key}:{secret}".encode()).decode()
