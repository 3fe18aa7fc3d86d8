"""Turning pages of lists that have none.

A list of Magento gives out all that passes its filter, and nothing says how many that would be (recorded). So it is
asked for a span of time; the next span is as long again where one was empty, and shorter where one was full. A page is
`client.page_size` records of a span; the next begins behind the last of these, known by its moment and its number, so
a record that changes meanwhile makes us skip none.

Of two conditions on one field only the first counts, unless the second writes the field's name in other letters
(recorded).
"""

from datetime import datetime, timedelta, timezone
from typing import Any

from ..markup import Row, elements
from . import fields

# Before Magento was.
_FIRST = datetime(2008, 1, 1, tzinfo=timezone.utc)
_DAY, _LONGEST = 1, 64
_MANY = 200


def turn(
    client,
    operation: str,
    since: datetime | None,
    until: datetime | None,
    token: str,
    conditions: list[tuple[str, str, str]],
    *,
    what: str,
) -> tuple[list[Row], str]:
    """(the records of this page, the token of the next; empty on the last one).

    A token is "begin|last moment|last number|days".
    """
    begin, moment, number, days = _place(token, since)
    last = until or datetime.now(timezone.utc) + timedelta(days=1)
    end = min(begin + timedelta(days=days), last)
    span = [("updated_at", "from", fields.written(begin)), ("UPDATED_AT", "to", fields.written(end))]
    found = elements(client.call(operation, filtered([*span, *conditions]), what=what))
    left = sorted((row for row in found if _key(row) > (moment, number)), key=_key)
    page = left[: client.page_size]
    if len(left) > len(page):
        moment, number = _key(page[-1])
        return page, _token(begin, moment, number, days)
    if end >= last:
        return page, ""
    return page, _token(end, *_seen(page, moment, number), _length(days, len(found)))


def filtered(conditions: list[tuple[str, str, str]]) -> dict[str, Any]:
    """As a call wants it."""
    rows = [{"key": name, "value": {"key": how, "value": value}} for name, how, value in conditions]
    return {"complex_filter": rows}


def _key(row: Row) -> tuple[str, str]:
    return fields.text(row, "updated_at") or fields.text(row, "created_at"), fields.text(row, "increment_id")


def _seen(page: list[Row], moment: str, number: str) -> tuple[str, str]:
    """Spans share their last second: what was seen in it is not given out again."""
    return _key(page[-1]) if page else (moment, number)


def _length(days: int, found: int) -> int:
    if found > _MANY:
        return max(days // 2, _DAY)
    return min(days * 2, _LONGEST) if not found else days


def _place(token: str, since: datetime | None) -> tuple[datetime, str, str, int]:
    if not token:
        return since or _FIRST, "", "", _DAY
    begin, moment, number, days = token.split("|")
    return datetime.fromisoformat(begin), moment, number, int(days)


def _token(begin: datetime, moment: str, number: str, days: int) -> str:
    return f"{begin.isoformat()}|{moment}|{number}|{days}"
