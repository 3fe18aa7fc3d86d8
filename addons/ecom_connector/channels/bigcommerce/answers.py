"""What an answer of BigCommerce means: nothing wrong, or the error that says what to do next.

Version 3 says {"status", "title", "errors": {field: words}}, version 2 [{"status", "message"}] (contract). Every answer
says how many calls are left and when there will be more; all applications of the store share them.
"""

from typing import Any

from .. import rows
from ..errors import Busy, Refused, Unreadable
from ..transport import Response, raise_for_status, retry_after

_LEFT = "X-Rate-Limit-Requests-Left"
_RESET = "X-Rate-Limit-Time-Reset-Ms"


def said(response: Response) -> str:
    try:
        return _words(rows.load_any(response.body))
    except Unreadable:
        return ""


def _words(found: Any) -> str:
    if isinstance(found, list):
        found = found[0] if found else {}
    if not isinstance(found, dict):
        return ""
    if isinstance(found.get("data"), list):
        return _words(found["data"])
    words = found.get("title") or found.get("message") or found.get("error")
    errors = found.get("errors")
    named = [f"{name} {words}" for name, words in errors.items()] if isinstance(errors, dict) else []
    return ". ".join(filter(None, (str(words or ""), ", ".join(named))))[:300]


def left(response: Response) -> int | None:
    """Calls that may still be made in this window, None where the answer does not say."""
    stated = _header(response, _LEFT)
    return int(stated) if stated.isascii() and stated.isdigit() else None


def seconds(response: Response, default: float = 30.0) -> float:
    """Until there are more."""
    stated = _header(response, _RESET)
    return min(int(stated) / 1000, 3600.0) if stated.isascii() and stated.isdigit() else default


def _header(response: Response, name: str) -> str:
    """By its name in any case: `requests` gives such headers, tests may not."""
    return next((value for key, value in response.headers.items() if key.lower() == name.lower()), "")


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    message = said(response)
    if status == 429:
        words = f"{what}: BigCommerce asks us to slow down."
        raise Busy(words, retry_after=seconds(response, retry_after(response)), status=status)
    if status in (401, 403):
        hint = "Does the API account still exist, and has it the scope for this? (Settings > Store-level API accounts)"
        raise Refused(f"{what}: {message or 'BigCommerce does not let us in.'} {hint}", status=status)
    raise_for_status(response, what=what, writes=writes, message=message)
