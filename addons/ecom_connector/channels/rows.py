"""Reads single values out of a channel's JSON, strictly: what makes no sense is Unreadable, never a guess.

Nothing (null, "") is tolerated everywhere, another type nowhere.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from . import numbers
from .errors import Unreadable
from .records import Page, Raw

NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LONGEST = 200


@contextlib.contextmanager
def expecting(what: str) -> Iterator[None]:
    """Turn every surprise inside into Unreadable, so that what must be there can simply be taken: `row["id"]`. `what`
    names the thing in a merchant's words."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"{what} cannot be understood: it does not have the form we know.") from error


def load(body: bytes) -> dict[str, Any]:
    """The JSON object of a body, with exact decimals."""
    found = load_any(body)
    if not isinstance(found, dict):
        raise Unreadable("The channel sent a list or a value where one record was expected.")
    return found


def load_any(body: bytes) -> Any:
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Unreadable("The channel sent something that is not JSON.") from error


def _refuse(name: str) -> None:
    raise ValueError(name)


def dump(row: Any) -> bytes:
    """Written anew: amounts keep their digits, as text where they had a fraction."""
    return json.dumps(row, default=str, ensure_ascii=False).encode("utf-8", "surrogatepass")


def text(value: Any) -> str:
    """Text of a scalar; nothing is empty text."""
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    raise Unreadable("The channel sent a list or a record where text was expected.")


def identifier(value: Any) -> str:
    found = text(value)
    if len(found) > _LONGEST:
        raise Unreadable("The channel sent an id that is too long to be one.")
    return found


def amount(value: Any) -> Decimal:
    """Money, a rate or a quantity, to the last digit; nothing is zero."""
    return numbers.exact(text(value))


def whole(value: Any) -> int:
    found = amount(value)
    if found != found.to_integral_value():
        raise Unreadable("The channel sent a fraction where a quantity was expected.")
    return int(found)


def minor(value: Any, digits: int = 2) -> Decimal:
    """Money that is counted in the smallest unit of its currency: 1999 is 19.99."""
    return Decimal(whole(value)).scaleb(-digits)


def currency(*stated: Any) -> str:
    """The first that is given, ISO 4217."""
    code = next(filter(None, map(text, stated)), "").upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise Unreadable("The order names no currency.")
    return code


def moment(value: Any) -> datetime | None:
    """ISO 8601 with its zone."""
    stated = text(value)
    if not stated:
        return None
    try:
        found = datetime.fromisoformat(_with_colon(stated.replace("Z", "+00:00")))
        if found.tzinfo is None:
            raise Unreadable("The channel sent a time without its zone.")
        return found.astimezone(timezone.utc)
    except (ValueError, OverflowError) as error:
        raise Unreadable("The channel sent something that is not a date where one was expected.") from error


def _with_colon(stated: str) -> str:
    """Before Python 3.11 the zone must be written +00:00, and seconds have three digits behind the point, or six."""
    if len(stated) > 5 and stated[-5] in "+-" and stated[-4:].isdigit():
        stated = f"{stated[:-2]}:{stated[-2:]}"
    head, point, tail = stated.partition(".")
    fraction = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return f"{head}.{fraction[:6].ljust(6, '0')}{tail[len(fraction) :]}" if point else stated


def written(when: datetime) -> str:
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def rows(value: Any) -> list[dict]:
    if value is None or value == "":
        return []
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise Unreadable("The channel sent a value where a list of records was expected.")


def record(value: Any) -> Mapping[str, Any]:
    if value is None or value == "":
        return {}
    if isinstance(value, dict):
        return value
    raise Unreadable("The channel sent a value where a record was expected.")


def texts(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, list):
        return [text(entry) for entry in value]
    raise Unreadable("The channel sent a value where a list was expected.")


def digest(row: Any) -> str:
    """Tells two states of one moment apart."""
    written_out = json.dumps(row, sort_keys=True, default=str)
    return hashlib.sha256(written_out.encode()).hexdigest()[:8]


def version(changed: datetime | None, row: Any) -> str:
    """The second of the last change, see channels/version.py."""
    return f"{written(changed or NEVER)}~{digest(row)}"


def raw(external_id: str, row: Any, changed_at, body: bytes | None = None) -> Raw:
    """Filed without being understood: one odd record must not hold up the page it stands on. `changed_at(row)` may
    raise Unreadable: such a state sorts before any that can be read, so that a mended one is the newer."""
    if not external_id:
        raise Unreadable("The channel sent a record without a number.")
    body = dump(row) if body is None else body
    try:
        changed = changed_at(row)
    except Unreadable:
        return Raw(external_id=external_id, version=f"0000-00-00T00:00:00Z~{digest(row)}", body=body)
    return Raw(external_id=external_id, version=version(changed, row), body=body, updated_at=changed)


def page(found: Iterable[Raw], token: str, until: datetime | None) -> Page:
    """A page of changes, oldest first, of a channel that cannot be told where to end: the list ends behind `until`."""
    found = tuple(found)
    kept = tuple(row for row in found if until is None or row.updated_at is None or row.updated_at <= until)
    return Page(items=kept, next=token if len(kept) == len(found) else "")
