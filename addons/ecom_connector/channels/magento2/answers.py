"""What an answer of Magento means: nothing wrong, or the error that says what to do next.

Problems come as {"message": "... %fieldName ...", "parameters": {...} or [...]} (contract): words with places to fill.
"""

import re
from typing import Any

from .. import rows
from ..errors import Refused, Rejected, Unreachable, Unreadable
from ..transport import Response, raise_for_status

_PLACE = re.compile(r"%(\w+)")


def said(response: Response) -> str:
    """Magento's own words, filled in; empty where the answer has none (a proxy's page, a crash)."""
    try:
        return words(rows.load(response.body))
    except Unreadable:
        return ""


def words(problem: dict) -> str:
    message, stated = problem.get("message"), problem.get("parameters")
    if not isinstance(message, str):
        return ""
    return _PLACE.sub(lambda place: _filled(place, stated), message)[:300]


def _filled(place: re.Match, stated: Any) -> str:
    """`%1` is the first of a list, `%name` that of a record."""
    name = place[1]
    if isinstance(stated, list) and name.isdigit() and 0 < int(name) <= len(stated):
        return str(stated[int(name) - 1])
    if isinstance(stated, dict) and name in stated:
        return str(stated[name])
    return place[0]


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    message = said(response)
    if 300 <= status < 400:
        kind = Refused if status in (301, 308) else Unreachable
        raise kind(f"{what}: the shop sends us on to another address. Enter the one it really uses.", status=status)
    if status in (401, 403):
        hint = "Is the integration active, and may it use this? (System > Extensions > Integrations)"
        raise Refused(f"{what}: {message or 'the shop does not let us in.'} {hint}", status=status)
    if status == 404 and not message:
        raise Unreachable(f"{what}: this address answers, but not as a Magento shop.", status=status)
    if status == 500 and message and "Report ID" not in message:
        # A decision about our request that a module did not think of as one (source: anything uncaught is a 500 with
        # a report number, what has words of its own is not).
        raise Rejected(f"{what}: {message}", status=status)
    raise_for_status(response, what=what, writes=writes, message=message)
