"""Short-lived access by tokens, as big shops grant it: each renewal gives a new refresh token and ends the old one.

The refresh token before the last is taken until the access token that replaced it is used for the first time (the
grace of RFC 9700 4.14.2): who lost the answer of a renewal may ask again, and nobody else can.
"""

import secrets
import sqlite3
from datetime import datetime, timedelta

from .store import facts, moment, set_fact, stamp


def grant(connection: sqlite3.Connection, seconds: int) -> str:
    """Access by tokens that live `seconds`; the first refresh token."""
    token = secrets.token_urlsafe(24)
    for name, value in {
        "token_seconds": seconds,
        "refresh_token": token,
        "refresh_before": "",
        "access_token": "",
    }.items():
        set_fact(connection, name, value)
    return token


def renew(connection: sqlite3.Connection, given: str, now: datetime) -> dict | None:
    """{access_token, refresh_token, expires_in} for a valid refresh token, else None."""
    known = facts(connection)
    if not given or given not in (known.get("refresh_token"), known.get("refresh_before")):
        return None
    seconds = int(known["token_seconds"])
    fresh = {
        "access_token": secrets.token_urlsafe(24),
        "refresh_token": secrets.token_urlsafe(24),
        "refresh_before": given,
        "access_until": stamp(now + timedelta(seconds=seconds)),
        "renewals": int(known.get("renewals", 0)) + 1,
    }
    for name, value in fresh.items():
        set_fact(connection, name, value)
    return {"access_token": fresh["access_token"], "refresh_token": fresh["refresh_token"], "expires_in": seconds}


def accepts(connection: sqlite3.Connection, given: str, now: datetime) -> bool:
    """Is this access token the last one given, and still alive? Its first use ends the grace of the old one."""
    known = facts(connection)
    if not given or given != known.get("access_token") or now >= moment(known["access_until"]):
        return False
    if known.get("refresh_before"):
        set_fact(connection, "refresh_before", "")
    return True
