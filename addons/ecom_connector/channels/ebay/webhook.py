"""Deliveries of eBay's notifications.

    X-EBAY-SIGNATURE   base64 of {"alg": "ecdsa", "kid": ..., "signature": base64, "digest": "SHA1"} over the raw body
    body               {"metadata": {"topic": ...}, "notification": {"notificationId": ..., "data": {...}}}

Before it delivers anything, eBay asks the address with `challenge_code`, to be answered with a digest of that code, of
the verification token and of the address (guide). Deletion of an account is a matter of the buyer's rights.
"""

import binascii
import hashlib
import json
from base64 import b64decode
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

from .. import rows
from ..errors import BadSignature, Unreadable
from ..records import Event
from . import keys

_DIGESTS = {"SHA1": hashes.SHA1, "SHA256": hashes.SHA256}


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """`secret`: App ID and Cert ID, one a line, with which eBay's own key is fetched."""
    id, _line, others = secret.partition("\n")
    if not id or not others:
        raise BadSignature("App ID and Cert ID are not set.")
    claimed = headers.get("x-ebay-signature") or ""
    if not claimed:
        raise BadSignature("The delivery is not signed.")
    try:
        said = json.loads(b64decode(claimed, validate=True))
        signature = b64decode(said["signature"], validate=True)
        number, digest = str(said["kid"]), _DIGESTS[str(said.get("digest") or "SHA1").upper()]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError) as error:
        raise BadSignature("The signature of the delivery cannot be read.") from error
    key = keys.find(number, id, others.partition("\n")[0])
    try:
        key.verify(signature, body, ECDSA(digest()))
    except InvalidSignature as error:
        raise BadSignature("The signature of the delivery is wrong.") from error


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    return False


def answer_challenge(params: Mapping[str, str], url: str, secret: str) -> bytes | None:
    """The answer to eBay's question whether this address is ours; None where it is no such question."""
    code = params.get("challenge_code") or ""
    if not code or not secret:
        return None
    digest = hashlib.sha256(f"{code}{verification_token(secret)}{url}".encode()).hexdigest()
    return json.dumps({"challengeResponse": digest}).encode()


def verification_token(secret: str) -> str:
    """The one that was entered, else one made of the Cert ID: 32 to 80 letters, digits, _ and - (guide)."""
    _id, certificate, *entered = [*secret.split("\n"), ""][:4]
    return next(filter(None, entered), "") or hashlib.sha256(f"ebay notifications {certificate}".encode()).hexdigest()


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    row = rows.load(body)
    topic = rows.text(rows.record(row.get("metadata")).get("topic"))
    notice = rows.record(row.get("notification"))
    data, delivery_id = rows.record(notice.get("data")), rows.identifier(notice.get("notificationId"))
    if not topic:
        raise Unreadable("The delivery does not say what it is about.")
    if topic == "MARKETPLACE_ACCOUNT_DELETION":
        buyer = rows.identifier(data.get("username")) or rows.identifier(data.get("userId"))
        return Event(topic="privacy", external_id=f"erasure:{buyer}", delivery_id=delivery_id)
    if topic.startswith("ORDER"):
        order = rows.record(data.get("order")) or data
        return Event(topic="orders", external_id=rows.identifier(order.get("orderId")), delivery_id=delivery_id)
    return Event(topic="other", delivery_id=delivery_id)
