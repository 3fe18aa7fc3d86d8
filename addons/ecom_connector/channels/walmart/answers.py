"""What an answer of Walmart means: nothing wrong, or the error that says what to do next.

Problems come as {"errors": {"error": [...]}} or {"error(s)": [{"code", "description", "info", "severity"}]} (contract).
Calls are counted in a bucket of tokens: `X-Current-Token-Count` says how many are left, `X-Next-Replenishment-Time`
when there will be more, in milliseconds since 1970.
"""

import time
from collections.abc import Mapping
from typing import Any

from .. import rows
from ..errors import Busy, Gone, Refused, Unreadable
from ..transport import Response, raise_for_status, retry_after

_GONE = ("CONTENT_NOT_FOUND", "NOT_FOUND")
_LONGEST = 3600.0


def said(response: Response) -> tuple[str, str]:
    """Walmart's own code and words of the first problem; empty where the answer has none."""
    try:
        found = rows.load(response.body)
    except Unreadable:
        return "", ""
    problems: Any = found.get("errors") or found.get("error")
    if isinstance(problems, dict):
        problems = problems.get("error")
    return first_problem(problems)


def first_problem(problems: Any) -> tuple[str, str]:
    if not isinstance(problems, list) or not problems or not isinstance(problems[0], dict):
        return "", ""
    problem: Mapping[str, Any] = problems[0]
    words = problem.get("description") or problem.get("info") or ""
    return str(problem.get("code") or ""), str(words)[:300]


def left(response: Response) -> int | None:
    stated = _header(response, "x-current-token-count")
    return int(stated) if stated.isascii() and stated.isdigit() else None


def seconds(response: Response, default: float = 60.0) -> float:
    """Until there are more tokens."""
    stated = _header(response, "x-next-replenishment-time")
    if stated.isascii() and stated.isdigit():
        return min(max(int(stated) / 1000 - time.time(), 1.0), _LONGEST)
    return default


def _header(response: Response, name: str) -> str:
    return next((value for key, value in response.headers.items() if key.lower() == name), "")


def is_expired(response: Response) -> bool:
    """Our access of a quarter of an hour ran out; another one can be had."""
    return response.status == 401


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    code, words = said(response)
    said_so = f"{what}: {words or 'Walmart does not say why'}"
    if status == 429:
        wait = retry_after(response, seconds(response))
        raise Busy(f"{what}: Walmart asks us to slow down.", retry_after=wait, code=code, status=status)
    if status in (401, 403):
        hint = "Are the API keys right, and may they do this? (Developer portal > My Account > API keys)"
        raise Refused(f"{said_so}. {hint}", code=code, status=status)
    if any(code.startswith(gone) for gone in _GONE):
        raise Gone(said_so, code=code, status=status)
    raise_for_status(response, what=what, writes=writes, code=code, message=words)
