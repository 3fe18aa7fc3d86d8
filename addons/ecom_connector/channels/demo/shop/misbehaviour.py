"""Trouble on purpose: the shop misbehaves as told, for a kind of call, the next n times or with a chance.

Kinds of call: "shop", "token", "orders.list", "orders.read", "products.list", "stock.write", "stock.read",
"parcels.write", "parcels.read", "refunds.write", "refunds.read", "returns.read", "payouts.read", "webhook"; "*" is
every one.
The settings stand in the shop's file, so that a test switches them on in a server that runs in another process.
"""

import sqlite3
from dataclasses import dataclass
from random import Random

FAULTS = {
    "throttled": "429 with Retry-After of `seconds`",
    "down": "503",
    "broken": "500 before anything was done",
    "broken_after": "500 though the change was applied",
    "slow": "the answer takes `seconds`",
    "hang": "no answer; the connection is held for `seconds`, then cut",
    "cut_before": "the connection is cut before anything was done",
    "cut_after": "the change is applied, then the connection is cut",
    "cut_midway": "the change is applied, half of the answer is sent, then the connection is cut",
    "not_json": "an HTML page with status 200",
    "wrong_shape": "JSON with status 200 that is not what was asked for",
    "empty": "status 200 and no body",
    "stale": "stock.write: compare-and-set fails for every row",
    "duplicate": "webhook: delivered twice",
    "reorder": "webhook: delivered later than what came after it, by about `seconds`",
    "drop": "webhook: never delivered",
}


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    seconds: float = 0.0


NONE = Fault("")


def misbehave(
    connection: sqlite3.Connection, call: str, name: str, *, times: int | None, chance: float, seconds: float, seed: str
) -> None:
    if name not in FAULTS:
        raise ValueError(f"{name!r} is not one of {', '.join(FAULTS)}")
    connection.execute(
        "INSERT INTO fault (call, name, chance, remaining, seconds, seed) VALUES (?, ?, ?, ?, ?, ?)",
        (call, name, chance, times, seconds, seed),
    )


def may_misbehave(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM fault LIMIT 1").fetchone() is not None


def draw(connection: sqlite3.Connection, call: str) -> Fault:
    """The trouble this call runs into; the first setting that bites wins and is used up once."""
    rows = connection.execute("SELECT * FROM fault WHERE call IN (?, '*') ORDER BY n", (call,)).fetchall()
    for row in rows:
        connection.execute("UPDATE fault SET draws = draws + 1 WHERE n = ?", (row["n"],))
        if Random(f"{row['seed']}:{row['draws']}").random() >= row["chance"]:
            continue
        if row["remaining"] == 1:
            connection.execute("DELETE FROM fault WHERE n = ?", (row["n"],))
        elif row["remaining"] is not None:
            connection.execute("UPDATE fault SET remaining = remaining - 1 WHERE n = ?", (row["n"],))
        return Fault(row["name"], row["seconds"])
    return NONE
