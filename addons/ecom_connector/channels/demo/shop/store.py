"""The shop's memory: one SQLite file that any number of processes and threads may share.

Writers queue up at `BEGIN IMMEDIATE`, so revisions and moments are given in the order of the commits: a reader that
pages by them can never be overtaken by a change that was stamped earlier and committed later.
"""

import contextlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stock (item TEXT, place TEXT, quantity INTEGER NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (item, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS paper (kind TEXT, id TEXT, number TEXT, order_id TEXT, is_open INTEGER,
    updated_at TEXT, revision INTEGER, key TEXT, body TEXT, PRIMARY KEY (kind, id));
CREATE INDEX IF NOT EXISTS paper_by_change ON paper (kind, updated_at, revision);
CREATE INDEX IF NOT EXISTS paper_by_number ON paper (kind, number);
CREATE INDEX IF NOT EXISTS paper_by_order ON paper (order_id, kind);
CREATE UNIQUE INDEX IF NOT EXISTS paper_by_key ON paper (kind, key) WHERE key <> '';
CREATE TABLE IF NOT EXISTS takings (id TEXT PRIMARY KEY, order_id TEXT, number TEXT, kind TEXT, amount INTEGER,
    at TEXT, payout TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS takings_due ON takings (payout, at);
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, asked TEXT NOT NULL, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plan (n INTEGER PRIMARY KEY, due TEXT NOT NULL, kind TEXT NOT NULL, order_id TEXT);
CREATE INDEX IF NOT EXISTS plan_by_due ON plan (due, n);
CREATE TABLE IF NOT EXISTS journal (n INTEGER PRIMARY KEY, at TEXT, kind TEXT, subject TEXT, key TEXT, outcome TEXT,
    detail TEXT);
CREATE INDEX IF NOT EXISTS journal_by_kind ON journal (kind, key);
CREATE TABLE IF NOT EXISTS fault (n INTEGER PRIMARY KEY, call TEXT, name TEXT, chance REAL, remaining INTEGER,
    seconds REAL, seed TEXT, draws INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS subscription (url TEXT PRIMARY KEY, secret TEXT, objects TEXT);
CREATE TABLE IF NOT EXISTS delivery (n INTEGER PRIMARY KEY, id TEXT, url TEXT, object TEXT, subject TEXT, body BLOB,
    due REAL, attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting', status INTEGER);
CREATE INDEX IF NOT EXISTS delivery_by_due ON delivery (state, due);
"""

BUSY_SECONDS = 30.0


def stamp(moment: datetime) -> str:
    """An aware datetime as the shop writes it: UTC, whole seconds, `2026-03-01T09:30:00Z`."""
    if moment.tzinfo is None:
        raise ValueError("the shop wants to know the time zone of every moment")
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The reverse of `stamp`. Accepts any ISO 8601 text with a zone; ValueError otherwise."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return found


class Store:
    """Connections to the file, one for each thread of each process, and the two ways to use them."""

    def __init__(self, path: str | os.PathLike):
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._mine = threading.local()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent look."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One change, all of it or nothing; an inner `writing` joins the outer one."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection; the others close when their thread ends."""
        connection, self._mine.connection = getattr(self._mine, "connection", None), None
        if connection is not None:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be carried over a fork: the child opens its own.
        if getattr(self._mine, "connection", None) is None or self._mine.process != os.getpid():
            self._mine.connection = self._opened()
            self._mine.process = os.getpid()
        return self._mine.connection

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        # A pretend shop survives the death of a process (WAL does that); a power cut need not be survived.
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            self._switch_to_wal(connection)
        return connection

    @staticmethod
    def _switch_to_wal(connection: sqlite3.Connection) -> None:
        """SQLite does not wait for others here, so we do."""
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.01)


def facts(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT name, value FROM fact").fetchall())


def set_fact(connection: sqlite3.Connection, name: str, value: Any) -> None:
    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, str(value)))


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
