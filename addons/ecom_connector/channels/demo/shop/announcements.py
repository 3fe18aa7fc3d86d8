"""Webhooks of the shop: signed here, queued in the file, carried by whoever runs a postman (the sandbox server)."""

import hashlib
import hmac
import json
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime

from .store import stamp

RETRY_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)
CLAIM_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook to carry: `n` is its place in the queue, `id` stays the same over every attempt."""

    n: int
    id: str
    url: str
    object: str
    subject: str
    body: bytes
    attempts: int
    secret: str


def signature(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(delivery: Delivery, now: datetime) -> dict[str, str]:
    """The headers a delivery travels with."""
    return {
        "Content-Type": "application/json",
        "X-Demo-Topic": f"{delivery.object}.changed",
        "X-Demo-Delivery": delivery.id,
        "X-Demo-Sent-At": stamp(now),
        "X-Demo-Signature": signature(delivery.body, delivery.secret),
    }


def subscribe(connection: sqlite3.Connection, url: str, secret: str, objects: tuple[str, ...]) -> None:
    connection.execute("INSERT OR REPLACE INTO subscription VALUES (?, ?, ?)", (url, secret, json.dumps(objects)))


def is_any_due(connection: sqlite3.Connection) -> bool:
    waiting = "SELECT 1 FROM delivery WHERE state = 'waiting' AND due <= ? LIMIT 1"
    return connection.execute(waiting, (time.time(),)).fetchone() is not None


def due(connection: sqlite3.Connection, limit: int = 20) -> list[Delivery]:
    """Claim what is to be delivered now, oldest first; a claim nobody reports on comes up again."""
    rows = connection.execute(
        "SELECT d.*, s.secret FROM delivery d JOIN subscription s ON s.url = d.url"
        " WHERE d.state = 'waiting' AND d.due <= ? ORDER BY d.due, d.n LIMIT ?",
        (time.time(), limit),
    ).fetchall()
    found = [Delivery(*(row[name] for name in Delivery.__slots__)) for row in rows]
    for delivery in found:
        postpone(connection, delivery, CLAIM_SECONDS)
    return found


def postpone(connection: sqlite3.Connection, delivery: Delivery, seconds: float) -> None:
    """Not before `seconds` from now; this is not counted as an attempt."""
    connection.execute("UPDATE delivery SET due = ? WHERE n = ?", (time.time() + seconds, delivery.n))


def retry(connection: sqlite3.Connection, delivery: Delivery, status: int | None) -> None:
    """The receiver did not take it: try again later, or give up after the last attempt."""
    waits = dict(enumerate(RETRY_SECONDS))
    connection.execute(
        "UPDATE delivery SET attempts = attempts + 1, due = ?, state = ?, status = ? WHERE n = ?",
        (
            time.time() + waits.get(delivery.attempts, 0),
            "waiting" if delivery.attempts in waits else "given_up",
            status,
            delivery.n,
        ),
    )


def settle(connection: sqlite3.Connection, delivery: Delivery, state: str, status: int | None) -> None:
    """`state`: "delivered" or "dropped"; `status` is the HTTP status of the receiver."""
    connection.execute("UPDATE delivery SET state = ?, status = ? WHERE n = ?", (state, status, delivery.n))
