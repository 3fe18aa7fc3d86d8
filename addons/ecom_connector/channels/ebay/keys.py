"""eBay's public keys, by which its deliveries are recognised. Only an application may fetch them, so the deliveries are
checked with its credentials; each key is kept for an hour, as eBay asks (guide)."""

import re
import threading
import time
from base64 import b64decode
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from .. import rows
from ..errors import BadSignature, ChannelError
from ..transport import HttpTransport, Request, Transport, keep_headers
from . import answers, client

_HOUR, _MINUTE = 3600.0, 60.0
_MOST = 50
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,80}")

_lock = threading.Lock()
_known: dict[tuple[str, str], tuple[float, EllipticCurvePublicKey | None]] = {}


def find(number: str, id: str, secret: str, transport: Transport | None = None) -> EllipticCurvePublicKey:
    """BadSignature where eBay knows no such key. A forger's inventions cost one question a minute, not one each."""
    if not _NUMBER.fullmatch(number):
        raise BadSignature("The signature names no key.")
    with _lock:
        until, key = _known.get((id, number), (0.0, None))
        if until > time.monotonic():
            return _found(key)
        if _asked_in_vain(id):
            raise BadSignature("The signature's key is not known.")
    key = _fetch(number, id, secret, transport or HttpTransport())
    remember(number, id, key)
    return _found(key)


def remember(number: str, id: str, key: EllipticCurvePublicKey | None) -> None:
    with _lock:
        if len(_known) >= _MOST:
            _known.clear()
        _known[id, number] = (time.monotonic() + (_HOUR if key else _MINUTE), key)


def _found(key: EllipticCurvePublicKey | None) -> EllipticCurvePublicKey:
    if key is None:
        raise BadSignature("The signature's key is not known.")
    return key


def _asked_in_vain(id: str) -> bool:
    now = time.monotonic()
    return any(owner == id and key is None and until > now for (owner, _number), (until, key) in _known.items())


def _fetch(number: str, id: str, secret: str, transport: Transport) -> EllipticCurvePublicKey | None:
    base = client.address({"client_id": id})
    form = {"grant_type": "client_credentials", "scope": "https://api.ebay.com/oauth/api_scope"}
    try:
        token, _seconds = client.ask_token(base, transport, id, secret, form)
        url = f"{base}/commerce/notification/v1/public_key/{quote(number, safe='')}"
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        response = transport.send(Request(method="GET", url=url, headers=headers, auth=keep_headers))
        answers.raise_for_problem(response, what="Fetching eBay's key", writes=False)
        return load(rows.text(rows.load(response.body).get("key")))
    except ChannelError:
        return None


def load(written: str) -> EllipticCurvePublicKey | None:
    """Of PEM, which eBay writes in one line."""
    bare = written.replace("-----BEGIN PUBLIC KEY-----", "").replace("-----END PUBLIC KEY-----", "")
    try:
        key = load_der_public_key(b64decode("".join(bare.split())))
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, EllipticCurvePublicKey) else None
