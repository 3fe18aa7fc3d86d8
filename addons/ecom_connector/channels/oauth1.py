"""OAuth 1.0a, RFC 5849 section 3.4: a request is signed, so that no secret travels with it."""

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


def signature(method: str, url: str, params: Mapping[str, Any], secret: str, token_secret: str = "") -> str:
    """Signed with both secrets; where there is no token, with the first and an ampersand."""
    digest = _DIGESTS[params["oauth_signature_method"]]
    signed = hmac.new(f"{secret}&{token_secret}".encode(), base_string(method, url, params).encode(), digest)
    return b64encode(signed.digest()).decode()


def header(
    method: str, url: str, query: Mapping[str, Any], key: str, secret: str, token: str = "", token_secret: str = ""
) -> str:
    """The Authorization header of one request. Each needs its own: a nonce is accepted once."""
    claims = {
        "oauth_consumer_key": key,
        "oauth_nonce": secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(int(time.time())),
        "oauth_version": "1.0",
    }
    if token:
        claims["oauth_token"] = token
    claims["oauth_signature"] = signature(method, url, {**query, **claims}, secret, token_secret)
    return "OAuth " + ", ".join(f'{name}="{_encoded(value)}"' for name, value in claims.items())
