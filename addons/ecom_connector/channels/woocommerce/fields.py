"""Reads single values out of WooCommerce's JSON, strictly: what makes no sense is Unreadable, never a guess.

Answers break the server's own schema in known places (null for text, "" for numbers; research/contracts.md), so
emptiness is tolerated everywhere and other types nowhere.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from ..errors import Unreadable

# PHP prints very small floats with an exponent, so a tax may come as "5.0E-6".
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_SPACE = re.compile(r"[ \t\r\n]*")
# WordPress writes the zero date of MySQL for "never" (drafts).
_NEVER = ("0000-00-00T00:00:00", "-0001-11-30T00:00:00")
# PostgreSQL text holds neither NUL nor half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


def load(body: bytes) -> Any:
    """The JSON of a body, with exact decimals."""
    try:
        return _DECODER.decode(body.decode("utf-8-sig"))
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Unreadable("The shop sent something that is not JSON.") from error


def load_row(body: bytes) -> dict:
    row = load(body)
    if not isinstance(row, dict):
        raise Unreadable("The shop sent a list or a value where one record was expected.")
    return row


def slices(body: bytes) -> Iterator[tuple[dict, bytes]]:
    """Each record of a JSON list with the very bytes it came in: the raw copy must not be our own re-writing."""
    try:
        text = body.decode("utf-8-sig")
        position = _SPACE.match(text).end()
        if text[position : position + 1] != "[":
            raise ValueError("not a list")
        position = _SPACE.match(text, position + 1).end()
        while text[position : position + 1] != "]":
            row, end = _DECODER.raw_decode(text, position)
            if not isinstance(row, dict):
                raise ValueError("not a record")
            yield row, text[position:end].encode()
            position = _after_comma(text, end)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Unreadable("The shop sent something that is not a list of records.") from error


def _after_comma(text: str, position: int) -> int:
    position = _SPACE.match(text, position).end()
    if text[position : position + 1] == ",":
        position = _SPACE.match(text, position + 1).end()
        if text[position : position + 1] == "]":
            raise ValueError("a comma before the end")
    elif text[position : position + 1] != "]":
        raise ValueError("no comma between records")
    return position


def text(value: Any) -> str:
    """Text of a scalar; nothing is empty text."""
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value).strip()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise Unreadable("The shop sent a list or a record where text was expected.")


def identifier(value: Any) -> str:
    """An id as text; 0 and "" mean that there is none (a deleted product is 0, recorded)."""
    found = text(value)
    if len(found) > 64:
        raise Unreadable("The shop sent an id that is too long to be one.")
    return "" if found == "0" else found


def number(value: Any) -> Decimal:
    """Money or a quantity. Digits as stated; "" and null are zero."""
    if value is None or value == "" or value is False:
        return Decimal(0)
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        stated = str(value).strip()
        if _NUMBER.fullmatch(stated):
            return _plain(Decimal(stated))
    raise Unreadable("The shop sent something that is not a number where an amount was expected.")


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, so that 1E+3 and 1000 are stored and shown alike."""
    if abs(value) >= Decimal(10) ** 15:
        raise Unreadable("The shop sent an amount that is too large to be one.")
    return Decimal(format(value, "f"))


def moment(value: Any) -> datetime | None:
    """A `date_*_gmt` field: UTC without a zone (recorded)."""
    stated = text(value)
    if not stated or stated in _NEVER:
        return None
    if not _MOMENT.match(stated):
        raise Unreadable("The shop sent something that is not a date where one was expected.")
    try:
        return datetime.strptime(stated[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise Unreadable("The shop sent a date that does not exist.") from error


def rows(value: Any) -> list[dict]:
    """A list of records; nothing is an empty list (PHP sends [] for an empty record, too)."""
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        value = list(value.values())  # PHP sends a list with a gap in its numbering as a record
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise Unreadable("The shop sent a value where a list of records was expected.")


def record(value: Any) -> Mapping[str, Any]:
    if value is None or value == [] or value == "":
        return {}
    if isinstance(value, dict):
        return value
    raise Unreadable("The shop sent a value where a record was expected.")


def meta(row: Mapping[str, Any]) -> dict[str, Any]:
    """The extra fields that plug-ins keep with a record: key -> value, the last one wins."""
    return {text(entry.get("key")): entry.get("value") for entry in rows(row.get("meta_data"))}
