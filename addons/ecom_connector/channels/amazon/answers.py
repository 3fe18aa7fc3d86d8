"""What an answer of Amazon means: nothing wrong, or the error that says what to do next.

Problems come as {"errors": [{"code", "message", "details"}]} (model). Of a call that came too often the answer says how
many a second are allowed, and no more (`x-amzn-RateLimit-Limit`).
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import Busy, Refused, Unreadable
from ..transport import Response, raise_for_status

_EXPIRED = ("expired", "access token")
_SLOWEST = 600.0


def load(body: bytes) -> dict[str, Any]:
    """The JSON object of a body, with exact decimals. Unreadable."""
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise Unreadable("Amazon sent something that is not JSON.") from error
    if not isinstance(found, dict):
        raise Unreadable("Amazon sent a list or a value where one record was expected.")
    return found


def _refuse(name: str) -> None:
    raise ValueError(name)


def said(response: Response) -> tuple[str, str]:
    """Amazon's own code and message, of its API or of its sign-in; empty where the answer has none."""
    try:
        found = load(response.body)
    except Unreadable:
        return "", ""
    problems = found.get("errors")
    if isinstance(problems, list) and problems and isinstance(problems[0], dict):
        words = (str(problems[0].get(name) or "") for name in ("message", "details"))
        return str(problems[0].get("code") or ""), ". ".join(dict.fromkeys(word.strip(". ") for word in words if word))[
            :300
        ]
    return str(found.get("error") or ""), str(found.get("error_description") or "")[:300]


def is_expired(response: Response) -> bool:
    """Our access of an hour ran out; another one can be had."""
    code, message = said(response)
    return response.status in (401, 403) and all(word in message.lower() for word in _EXPIRED)


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    if 200 <= response.status < 300:
        return
    code, message = said(response)
    if response.status == 429:
        raise Busy(f"{what}: Amazon asks us to slow down.", retry_after=_wait(response), code=code, status=429)
    if response.status in (401, 403):
        words = message or "Amazon does not let us in."
        hint = "Does the application have the role for this, and is it still authorized for the account?"
        raise Refused(f"{what}: {words}. {hint}".replace("..", "."), code=code, status=response.status)
    raise_for_status(response, what=what, writes=writes, code=code, message=message)


def _wait(response: Response) -> float:
    """Seconds until the next call of that kind."""
    try:
        a_second = Decimal(response.headers.get("x-amzn-RateLimit-Limit") or "")
        return min(float(1 / a_second), _SLOWEST) if a_second > 0 else _SLOWEST
    except (InvalidOperation, ArithmeticError):
        return 60.0
