"""Digital signatures, which eBay wants of European and British sellers on what is about money (guide; RFC 9421).

The key pair is made by eBay on request, once, and kept with the credentials: Ed25519, with the public half wrapped for
eBay in a token (`jwe`) that travels along. Signed are the digest of the body where there is one, that token, the
method, the path without its query, and the host.
"""

import hashlib
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key

from .. import rows
from ..errors import Refused, Unreadable

_MAKE = "/developer/key_management/v1/signing_key"


def is_wanted(path: str) -> bool:
    return path.startswith(("/sell/finances/", "/post-order/v2/cancellation")) or path.endswith("/issue_refund")


def key(client) -> tuple[str, str]:
    """(private key, token of the public one), made on the first occasion. Another worker may just have made it."""
    credentials = client.credentials
    if not credentials.get("signing_key"):
        credentials = credentials.rotate(lambda stored: {} if stored.get("signing_key") else _make(client))
        client.credentials = credentials
    return credentials["signing_key"], credentials["signing_jwe"]


def _make(client) -> dict[str, str]:
    payload = {"signingKeyCipher": "ED25519"}
    made = rows.load(client.post(client.money(_MAKE), payload, what="Getting a key for signatures").body)
    private, jwe = rows.text(made.get("privateKey")), rows.text(made.get("jwe"))
    if not private or not jwe:
        raise Unreadable("eBay made no key for signatures.")
    return {"signing_key": private, "signing_jwe": jwe}


def signed(pair: tuple[str, str], method: str, url: str, body: bytes, now: int | None = None) -> Mapping[str, str]:
    """The headers of a signed request."""
    private, jwe = pair
    parts, created = urlsplit(url), int(time.time()) if now is None else now
    digest = {"content-digest": f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"} if body else {}
    told = {
        **digest,
        "x-ebay-signature-key": jwe,
        "@method": method.upper(),
        "@path": parts.path,
        "@authority": parts.netloc,
    }
    names = " ".join(f'"{name}"' for name in told)
    params = f"({names});created={created}"
    base = "\n".join([*(f'"{name}": {value}' for name, value in told.items()), f'"@signature-params": {params}'])
    signature = b64encode(_load(private).sign(base.encode())).decode()
    headers = {
        "x-ebay-signature-key": jwe,
        "x-ebay-enforce-signature": "true",
        "Signature-Input": f"sig1={params}",
        "Signature": f"sig1=:{signature}:",
    }
    if digest:
        headers["Content-Digest"] = digest["content-digest"]
    return headers


def _load(private: str) -> Ed25519PrivateKey:
    """Of base64, with or without the lines of PEM around it."""
    bare = "".join(line for line in private.strip().splitlines() if "-----" not in line)
    try:
        found = load_der_private_key(b64decode(bare), None)
    except (ValueError, TypeError) as error:
        raise Refused("The key for eBay's signatures is spoiled. Delete it, and another one is made.") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise Refused("The key for eBay's signatures is of another kind than Ed25519.")
    return found
