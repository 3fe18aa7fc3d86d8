"""From the shop's JSON to exact values; whatever does not fit is Unreadable and nothing else."""

import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from ..records import Raw
from ..rows import expecting

AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def loads(body: bytes, what: str) -> dict:
    """The JSON object in `body`. Unreadable."""
    with expecting(what):
        value = json.loads(body, parse_float=Decimal)
        if not isinstance(value, dict):
            raise TypeError
        return value


def amount(text: Any) -> Decimal:
    """Money is decimal text; a float would have lost its cents already."""
    if not isinstance(text, str):
        raise TypeError
    if not AMOUNT.fullmatch(text):
        raise ValueError
    return Decimal(text)


def count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def word(value: Any) -> str:
    """Text, or empty where there is none."""
    if not isinstance(value, str | None):
        raise TypeError
    return value or ""


def moment(text: Any) -> datetime:
    """An aware datetime; a moment without its zone is no moment."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if found.tzinfo is None:
        raise ValueError
    return found


def version(paper: dict) -> str:
    """The shop counts every change; with leading zeros the count sorts as text."""
    return f"{count(paper['revision']):012d}"


def raw(paper: dict) -> Raw:
    """A paper as it came in a list, filed without understanding more of it than its id and its change."""
    with expecting("An entry of the shop's list"):
        return Raw(
            external_id=word(paper["id"]),
            version=version(paper),
            body=json.dumps(paper, ensure_ascii=False).encode(),
            updated_at=moment(paper["updated_at"]),
        )
