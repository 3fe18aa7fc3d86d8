"""Reads single values out of Magento's answers, strictly: what makes no sense is Unreadable, never a guess.

All numbers are text with four digits behind the point, times are UTC without a zone (both recorded).
"""

import re
from datetime import datetime, timezone
from decimal import Decimal

from .. import numbers
from ..errors import Unreadable
from ..markup import Row, elements

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
_NEVER = "0000-00-00"


def text(row: Row, name: str) -> str:
    """Text of a field; nothing is empty text."""
    found = row.find(name)
    if found is None:
        return ""
    if elements(found):
        raise Unreadable("The shop sent a list where text was expected.")
    return "".join(found.itertext()).strip()


def identifier(row: Row, name: str) -> str:
    found = text(row, name)
    if len(found) > 64:
        raise Unreadable("The shop sent a number that is too long to be one.")
    return "" if found == "0" else found


def number(row: Row, name: str) -> Decimal:
    return numbers.exact(text(row, name))


def moment(row: Row, name: str) -> datetime | None:
    stated = text(row, name)
    if not stated or stated.startswith(_NEVER):
        return None
    if not _MOMENT.match(stated):
        raise Unreadable("The shop sent something that is not a date where one was expected.")
    try:
        return datetime.fromisoformat(stated[:19].replace(" ", "T")).replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise Unreadable("The shop sent a date that does not exist.") from error


def written(when: datetime) -> str:
    return when.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def rows(row: Row, name: str) -> list[Row]:
    """The records of a list inside a record, whatever the mode of the server calls each."""
    found = row.find(name)
    return [] if found is None else elements(found)
