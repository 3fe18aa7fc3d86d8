"""How WooCommerce wants to be asked over plain http: OAuth 1.0a, "one-legged".

Basic is refused there with 401 (recorded), because key and secret would travel in the clear; here only a signature
does. A nonce is accepted once, for 15 minutes. Source: WooCommerce's REST documentation, "Authentication over HTTP".
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from ..oauth1 import base_string, header, signature  # noqa: F401 what tests hold to recorded requests


def oauth_header(method: str, url: str, query: Mapping[str, Any], key: str, secret: str) -> str:
    """There is no token, and so no secret of one."""
    return header(method, url, query, key, secret)


def basic_header(key: str, secret: str) -> str:
    return "Basic " + b64encode(f"{key}:{secret}".encode()).decode()
