"""Turning the pages of a list in the order in which its records changed, while they go on changing.

A record that changes while we turn pages moves to the end, all behind it move up by one, and a plain next page would
skip one. So the next page begins where this one ended: after the last moment seen, less one second. Only where a whole
page shares one second are records counted. Filtering by a date needs `date=1` (recorded: 400 without).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from . import clock, fields
from .fields import Row

_EVER = "9999-12-31 23:59:59"


def turn(
    client,
    resource: str,
    since: datetime | None,
    until: datetime | None,
    token: str,
    filters: Mapping[str, str],
    *,
    what: str,
) -> tuple[list[Row], str]:
    """(the records of this page, the token of the next; empty on the last one). A token is "moment|records to skip"."""
    begin, _bar, skip = token.partition("|") if token else (_first(client, since), "", "0")
    asked: dict[str, Any] = {"sort": "[date_upd_ASC,id_ASC]", "limit": f"{skip},{client.page_size}"}
    if begin or until:
        asked["date"] = "1"
        end = clock.latest(until, client.zone) if until else _EVER
        filters = {**filters, "date_upd": f"[{begin or '0000-00-00 00:00:00'},{end}]"}
    rows = client.find(resource, filters, what=what, **asked)
    if len(rows) < client.page_size:
        return rows, ""
    onward = _earlier(fields.text(rows[-1], "date_upd"))
    return rows, f"{onward}|0" if onward > begin else f"{begin}|{int(skip) + len(rows)}"


def _first(client, since: datetime | None) -> str:
    return clock.earliest(since, client.zone) if since else ""


def _earlier(stated: str) -> str:
    """One second less, in the shop's own time; nothing where that is no time."""
    try:
        return str(datetime.fromisoformat(stated) - timedelta(seconds=1))
    except (ValueError, OverflowError):
        return ""
