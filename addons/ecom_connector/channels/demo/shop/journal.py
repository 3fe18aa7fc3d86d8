"""What the shop was asked from outside: the proof that each thing was told once."""

import json
import sqlite3
from dataclasses import dataclass

COLUMNS = ("at", "kind", "subject", "key", "outcome", "detail")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: what the shop was asked, under which key, and what became of it.

    kind        "stock", "parcel", "refund", "return"
    subject     the item, order or return it was about
    outcome     "applied", "repeated" (this key was known: nothing changed), "corrected", "stale", "rejected"
    """

    at: str
    kind: str
    subject: str
    key: str
    outcome: str
    detail: dict


def entries(connection: sqlite3.Connection, kind: str, key: str, outcome: str) -> list[Entry]:
    """Oldest first, narrowed by what is not empty."""
    rows = connection.execute(
        "SELECT * FROM journal WHERE ? IN ('', kind) AND ? IN ('', key) AND ? IN ('', outcome) ORDER BY n",
        (kind, key, outcome),
    ).fetchall()
    return [Entry(*(row[name] for name in COLUMNS[:-1]), json.loads(row["detail"])) for row in rows]
