"""One change of the shop in the making: everything a till, a warehouse or a clerk does goes through it.

A `Change` lives inside one write transaction of the store. It gives out numbers, revisions and moments, keeps papers
(orders, refunds, returns, payouts, parcels) and stock, writes the journal, and queues what must be announced.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4

from .catalogue import Item
from .profile import Profile
from .store import dumps, facts, moment, set_fact, stamp

FIRST_NUMBER = {"order": 1000, "refund": 300, "return": 500, "payout": 80, "parcel": 9000, "payment": 20_000}


class Refusal(Exception):
    """The shop says no, in words for the one who asked. `code` names the reason for programs."""

    def __init__(self, message: str, code: str = "refused"):
        super().__init__(message)
        self.code = code


class Missing(Refusal):
    """There is no such thing here."""

    def __init__(self, kind: str, external_id: str):
        super().__init__(f"There is no {kind} {external_id} in this shop.", "missing")


class Change:
    """`now` is the shop's own clock: it never runs backwards, whatever moments it is told."""

    def __init__(self, connection: sqlite3.Connection, profile: Profile, seed: str, now: datetime):
        self.connection = connection
        self.profile = profile
        self.seed = seed
        self.facts = facts(connection)
        self.clock = moment(self.facts["clock"])
        self._hears = [dict(row) for row in connection.execute("SELECT * FROM subscription")]
        self.at(now)

    def at(self, now: datetime) -> None:
        """Move the clock on to `now`, or leave it where it is when it is later already."""
        self.now = self.clock = max(now, self.clock)
        self.stamp = stamp(self.now)

    def after(self, **delay: float) -> str:
        return stamp(self.now + timedelta(**delay))

    def close(self) -> None:
        """Write back what was given out; the caller commits."""
        self.facts["clock"] = self.stamp
        for name, value in self.facts.items():
            set_fact(self.connection, name, value)

    @contextlib.contextmanager
    def attempt(self) -> Iterator[None]:
        """Everything inside, or nothing when the shop refuses it."""
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except Refusal:
            self.connection.execute("ROLLBACK TO attempt")
        finally:
            self.connection.execute("RELEASE attempt")

    def number(self, kind: str) -> int:
        """The next number of that kind; never given twice."""
        given = int(self.facts.get(f"last_{kind}", FIRST_NUMBER.get(kind, 0))) + 1
        self.facts[f"last_{kind}"] = str(given)
        return given

    def load(self, kind: str, external_id: str) -> dict:
        found = self.connection.execute("SELECT body FROM paper WHERE kind = ? AND id = ?", (kind, external_id))
        row = found.fetchone()
        if row is None:
            raise Missing(kind, external_id)
        return json.loads(row["body"])

    def by_key(self, kind: str, key: str) -> dict | None:
        row = self.connection.execute("SELECT body FROM paper WHERE kind = ? AND key = ?", (kind, key)).fetchone()
        return json.loads(row["body"]) if row else None

    def save(self, paper: dict, key: str = "") -> None:
        """Keep a paper as it is now, with a new revision and moment, and announce it."""
        paper["revision"] = self.number("revision")
        paper["updated_at"] = self.stamp
        body = dumps(paper)
        self.connection.execute(
            "INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"
            " is_open = excluded.is_open, updated_at = excluded.updated_at, revision = excluded.revision,"
            " body = excluded.body",
            (
                paper["object"],
                paper["id"],
                paper.get("number", ""),
                paper.get("order_id", ""),
                is_open(paper),
                self.stamp,
                paper["revision"],
                key,
                body,
            ),
        )
        self.announce(paper["object"], paper["id"], body)

    def announce(self, kind: str, subject: str, body: str) -> None:
        """Queue a webhook for everyone who asked to hear of that kind."""
        for hearer in self._hears:
            if kind in json.loads(hearer["objects"]):
                self.connection.execute(
                    "INSERT INTO delivery (id, url, object, subject, body, due) VALUES (?, ?, ?, ?, ?, 0)",
                    (str(uuid4()), hearer["url"], kind, subject, body.encode()),
                )

    def note(self, kind: str, subject: str, outcome: str, key: str, detail: Mapping[str, Any]) -> None:
        """One line of the journal: what was asked of the shop and what became of it."""
        self.connection.execute(
            "INSERT INTO journal (at, kind, subject, key, outcome, detail) VALUES (?, ?, ?, ?, ?, ?)",
            (self.stamp, kind, subject, key, outcome, dumps(detail)),
        )

    def intend(self, kind: str, order_id: str, due: str) -> None:
        """Something will happen to that order by itself, once the clock has come to `due`."""
        self.connection.execute("INSERT INTO plan (due, kind, order_id) VALUES (?, ?, ?)", (due, kind, order_id))

    @cached_property
    def items(self) -> dict[str, Item]:
        """Everything listed, by id, in the shop's order."""
        rows = self.connection.execute("SELECT body FROM item ORDER BY position").fetchall()
        return {item.id: item for item in (Item(**json.loads(row["body"])) for row in rows)}

    def item(self, item_id: str) -> Item:
        if item_id not in self.items:
            raise Missing("item", item_id)
        return self.items[item_id]

    def held(self, item_id: str, place: str) -> int:
        row = self.connection.execute(
            "SELECT quantity FROM stock WHERE item = ? AND place = ?", (item_id, place)
        ).fetchone()
        return row["quantity"] if row else 0

    def put(self, item_id: str, place: str, quantity: int) -> None:
        """The item shows exactly `quantity` at that place from now on."""
        self.connection.execute("INSERT OR REPLACE INTO stock VALUES (?, ?, ?)", (item_id, place, quantity))
        if self._hears:
            self.announce("stock", item_id, dumps(self.level(item_id, place, quantity)))

    def level(self, item_id: str, place: str, quantity: int) -> dict:
        return {
            "object": "stock",
            "id": item_id,
            "location_id": place,
            "available": quantity,
            "revision": self.number("revision"),
            "updated_at": self.stamp,
        }

    def take(self, item_id: str, place: str, quantity: int) -> None:
        """Sold: Refusal when the place shows fewer."""
        held = self.held(item_id, place)
        if held < quantity:
            raise Refusal(f"Only {held} of item {item_id} left at {place}, {quantity} wanted.", "sold_out")
        self.put(item_id, place, held - quantity)

    def give_back(self, item_id: str, place: str, quantity: int) -> None:
        if quantity:
            self.put(item_id, place, self.held(item_id, place) + quantity)


def is_open(paper: dict) -> int:
    """Is there still something to do for the seller?"""
    if paper["object"] == "order":
        return int(paper["status"] != "cancelled" and paper["fulfilment"] != "fulfilled")
    return int(paper.get("state") in ("pending", "requested", "approved"))
