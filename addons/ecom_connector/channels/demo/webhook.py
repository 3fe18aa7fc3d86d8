"""Announcements of the shop: `X-Demo-Signature: sha256=<hex HMAC-SHA256 of the raw body>`.

The body is the changed thing itself; `object` in it, which is signed, says what it is. Delivery ids are unique, the
same over every attempt: who keeps them sees a repetition for what it is.
"""

import hashlib
import hmac
from collections.abc import Mapping

from ..errors import BadSignature
from ..records import Event
from .reading import expecting, loads, version, word

TOPICS = {
    "order": "orders",
    "product": "products",
    "stock": "stock",
    "refund": "refunds",
    "return": "returns",
    "payout": "settlements",
    "ping": "ping",
}


def verify(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    """BadSignature unless the raw body was signed with `secret`; an empty secret proves nothing and is refused."""
    if not secret:
        raise BadSignature("No webhook secret is set for this shop, so its announcements cannot be trusted.")
    stated = headers.get("x-demo-signature", "")
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(stated.encode("utf-8", "replace"), expected.encode()):
        raise BadSignature("The signature does not fit this announcement.")


def read_event(headers: Mapping[str, str], body: bytes) -> Event:
    """What the announcement is about; after `verify` only. Unreadable."""
    paper = loads(body, "An announcement of the shop")
    with expecting("An announcement of the shop"):
        topic = TOPICS.get(word(paper.get("object")), "other")
        known = topic not in ("ping", "other", "products")
        return Event(
            topic=topic,
            external_id=word(paper.get("id")),
            version=version(paper) if known else "",
            delivery_id=headers.get("x-demo-delivery", ""),
            complete=topic in ("orders", "refunds", "returns", "settlements"),
        )


def is_unsigned_ping(headers: Mapping[str, str], body: bytes) -> bool:
    """This shop signs everything."""
    return False
