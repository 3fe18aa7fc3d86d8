"""Reads single values out of Shopify's JSON, strictly: what makes no sense is Unreadable, never a guess."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from ..errors import Unreadable

_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?")
# Half a pair of surrogates and NUL cannot be stored as text.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _no_constant(name: str) -> None:
    raise ValueError(name)


def load(body: bytes) -> dict:
    """One JSON record with exact decimals."""
    try:
        row = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Unreadable("The shop sent something that is not JSON.") from error
    return record(row)


def dump(value: Any) -> bytes:
    """The same content gives the same bytes, or versions made of them would differ."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode(
        "utf-8", "surrogatepass"
    )


def record(value: Any) -> dict:
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise Unreadable("The shop sent a value where a record was expected.")


def rows(value: Any) -> list[dict]:
    """A list of records, or the `nodes` of a connection."""
    if isinstance(value, dict):
        value = value.get("nodes")
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise Unreadable("The shop sent a value where a list of records was expected.")


def words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(filter(None, map(text, value)))
    raise Unreadable("The shop sent a value where a list of words was expected.")


def text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value).strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:40]
    raise Unreadable("The shop sent something that is not text where text was expected.")


def amount(value: Any) -> Decimal:
    """Money or a rate, with the digits given; nothing is zero."""
    if value is None:
        return Decimal(0)
    stated = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    if not _AMOUNT.fullmatch(stated):
        raise Unreadable("The shop sent something that is not a number where an amount was expected.")
    return Decimal(stated)


def count(value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        return value
    raise Unreadable("The shop sent something that is not a whole number where one was expected.")


def moment(value: Any) -> datetime | None:
    """ISO 8601 with its zone; webhooks give the shop's own offset, answers give UTC."""
    stated = text(value)
    if not stated:
        return None
    try:
        found = datetime.fromisoformat(stated.replace("Z", "+00:00"))
    except ValueError as error:
        raise Unreadable("The shop sent something that is not a date where one was expected.") from error
    if found.tzinfo is None or not 1970 < found.year < 9999:
        raise Unreadable("The shop sent a date that cannot be placed in time.")
    return found.astimezone(timezone.utc)


def stamp(moment: datetime) -> str:
    """As Shopify writes moments, and as versions begin."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """[{key, value}] with both filled. A name that begins with an underscore is hidden from buyers, by convention."""
    found = ((text(row.get("key")), text(row.get("value"))) for row in rows(value))
    return tuple((key, value) for key, value in found if key and value and not key.startswith("_"))


def side(row: Mapping[str, Any], name: str, which: str) -> Decimal:
    """One of the two sides of an amount: `which` is "presentmentMoney" or "shopMoney"."""
    return amount(record(record(row.get(name)).get(which)).get("amount"))


def following(page: Mapping[str, Any]) -> str:
    """The cursor of the next page of a connection, empty on the last one."""
    info = record(page.get("pageInfo"))
    return text(info.get("endCursor")) if info.get("hasNextPage") is True else ""
