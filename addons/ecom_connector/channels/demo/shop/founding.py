"""How a shop begins: an empty file becomes a shop with a catalogue, stock and a clock."""

import sqlite3
from dataclasses import asdict
from datetime import datetime, timedelta
from random import Random

from . import life
from .catalogue import listings
from .change import Change
from .profile import Profile
from .store import SCHEMA, dumps, set_fact, stamp


def is_founded(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone()
    return bool(tables and connection.execute("SELECT 1 FROM fact").fetchone())


def found(connection: sqlite3.Connection, seed: str, profile: Profile, api_key: str, now: datetime) -> None:
    """Found the shop, unless another process did so since we looked."""
    if is_founded(connection):
        return
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    start = now - timedelta(days=profile.history_days)
    values = {
        "seed": seed,
        "profile": profile.dump(),
        "api_key": api_key,
        "founded_at": stamp(now),
        "clock": stamp(start),
    }
    for name, value in values.items():
        set_fact(connection, name, value)
    chance = Random(f"{seed}:stock")
    for position, item in enumerate(listings(seed, profile.flaws)):
        connection.execute("INSERT INTO item VALUES (?, ?, ?)", (item.id, position, dumps(asdict(item))))
        for place in profile.places:
            # A location counts as empty until the seller says what is there.
            drawn = chance.randrange(30, 160) if place is profile.places[0] else 0
            quantity = profile.stock_each if profile.stock_each and drawn else drawn
            connection.execute("INSERT INTO stock VALUES (?, ?, ?)", (item.id, place.id, quantity))
    change = Change(connection, profile, seed, start)
    life.plan_payout(change)
    change.close()
