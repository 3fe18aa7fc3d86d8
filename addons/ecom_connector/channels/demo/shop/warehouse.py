"""Stock as the shop shows it: read, and written with compare-and-set and idempotency keys."""

import json

from .change import Change
from .store import dumps


def read(connection, wanted: list[tuple[str, str]], default: str) -> list[dict]:
    """What each (item, location) shows; an empty location is the shop's first one."""
    found = []
    for item_id, place in wanted:
        row = connection.execute(
            "SELECT quantity FROM stock WHERE item = ? AND place = ?", (item_id, place or default)
        ).fetchone()
        if row is not None:
            found.append({"variant_id": item_id, "location_id": place, "available": row["quantity"]})
    return found


def write(change: Change, level: dict, pretend_stale: bool = False) -> dict:
    """Set one level {variant_id, location_id, quantity, expected, key} and answer for it.

    "applied", "stale" (it shows something else than `expected`), or "rejected". A key that was seen before gets the
    first answer again and changes nothing; only an applied write is remembered, a refused one may be tried again.
    """
    key = level.get("key") or ""
    asked = dumps([level.get(name) for name in ("variant_id", "location_id", "quantity")])
    seen = change.connection.execute("SELECT asked, told FROM answer WHERE key = ?", (key,)).fetchone() if key else None
    if seen is not None:
        answer = json.loads(seen["told"]) if seen["asked"] == asked else _rejected(level, "The key was used before.")
        change.note("stock", level["variant_id"], "repeated" if seen["asked"] == asked else "rejected", key, level)
        return answer
    answer = _written(change, level, pretend_stale)
    if key and answer["outcome"] == "applied":
        change.connection.execute("INSERT INTO answer VALUES (?, ?, ?)", (key, asked, dumps(answer)))
    change.note("stock", level["variant_id"], answer["outcome"], key, level)
    return answer


def _written(change: Change, level: dict, pretend_stale: bool) -> dict:
    item_id, place = level["variant_id"], level.get("location_id") or change.profile.places[0].id
    if item_id not in change.items:
        return _rejected(level, f"Item {item_id} is not in this shop.")
    if place not in {known.id for known in change.profile.places}:
        return _rejected(level, f"Location {place} is not in this shop.")
    if not isinstance(level["quantity"], int) or level["quantity"] < 0:
        return _rejected(level, "A quantity must be a whole number, not below zero.")
    held, expected = change.held(item_id, place), level.get("expected")
    if pretend_stale or (expected is not None and expected != held):
        return _answer(level, "stale", held)
    if not _is_accepted_today(change, item_id):
        return _rejected(level, f"Item {item_id} was changed {change.profile.daily_revisions} times today already.")
    change.put(item_id, place, level["quantity"])
    return _answer(level, "applied", level["quantity"])


def _is_accepted_today(change: Change, item_id: str) -> bool:
    """Count this change of the item, unless there were too many of them today."""
    today = change.stamp[:10]
    # Files of older shops do not have it.
    change.connection.execute("CREATE TABLE IF NOT EXISTS revision (item TEXT PRIMARY KEY, day TEXT, n INTEGER)")
    row = change.connection.execute("SELECT n FROM revision WHERE item = ? AND day = ?", (item_id, today)).fetchone()
    count = row["n"] if row else 0
    if count >= change.profile.daily_revisions:
        return False
    change.connection.execute("INSERT OR REPLACE INTO revision VALUES (?, ?, ?)", (item_id, today, count + 1))
    return True


def _rejected(level: dict, problem: str) -> dict:
    return _answer(level, "rejected", None, problem)


def _answer(level: dict, outcome: str, held: int | None, problem: str = "") -> dict:
    return {
        "variant_id": level["variant_id"],
        "location_id": level.get("location_id", ""),
        "outcome": outcome,
        "held": held,
        "problem": problem,
    }
