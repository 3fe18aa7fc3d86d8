"""Reads single values out of Amazon's JSON, strictly: what makes no sense is Unreadable, never a guess."""

from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from .. import numbers
from ..errors import Unreadable

_LONGEST = 200


def text(value: Any) -> str:
    """Text of a scalar; nothing is empty text."""
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise Unreadable("Amazon sent a list or a record where text was expected.")


def identifier(value: Any) -> str:
    found = text(value)
    if len(found) > _LONGEST:
        raise Unreadable("Amazon sent an id that is too long to be one.")
    return found


def amount(value: Any) -> Decimal:
    """Of {"amount": "12.50", "currencyCode": "EUR"}, or a number alone; nothing is zero."""
    if isinstance(value, Mapping):
        value = value.get("amount")
    return numbers.exact(text(value))


def whole(value: Any) -> int:
    found = numbers.exact(text(value))
    if found != found.to_integral_value():
        raise Unreadable("Amazon sent a fraction where a quantity was expected.")
    return int(found)


def moment(value: Any) -> datetime | None:
    """ISO 8601 with its zone."""
    stated = text(value)
    if not stated:
        return None
    try:
        found = datetime.fromisoformat(stated.replace("Z", "+00:00"))
    except ValueError as error:
        raise Unreadable("Amazon sent something that is not a date where one was expected.") from error
    if found.tzinfo is None:
        raise Unreadable("Amazon sent a time without its zone.")
    try:
        return found.astimezone(timezone.utc)
    except OverflowError as error:
        raise Unreadable("Amazon sent a date that cannot be.") from error


def written(when: datetime) -> str:
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(value: Any) -> list[dict]:
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise Unreadable("Amazon sent a value where a list of records was expected.")


def record(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise Unreadable("Amazon sent a value where a record was expected.")


def texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text(entry) for entry in value]
    raise Unreadable("Amazon sent a value where a list was expected.")
