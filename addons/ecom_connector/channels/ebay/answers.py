"""What an answer of eBay means: nothing wrong, or the error that says what to do next.

Problems come as {"errors": [{"errorId", "category", "message", "longMessage", "parameters"}]} (contract), at the
sign-in as {"error", "error_description"}.
"""

from collections.abc import Mapping
from typing import Any

from .. import rows
from ..errors import Busy, ChannelError, Gone, Refused, Rejected, Unreadable
from ..transport import Response, raise_for_status, retry_after

# A call too many: of this minute, or of the day (which ends at midnight, Pacific time).
_TOO_MANY = {"2001", "18004"}
# The order, item or offer is not there.
_GONE = {"32100", "25710", "25713", "25702"}
_SCOPE = {"1100"}
_SYSTEM = {"30500", "25001", "2004"}


def said(response: Response) -> tuple[str, str]:
    """eBay's own number and words of the first problem; empty where the answer has none."""
    try:
        found = rows.load(response.body)
        problems = rows.rows(found.get("errors"))
    except Unreadable:
        return "", ""
    if problems:
        return first_problem(problems)
    error = found.get("error")
    description = found.get("error_description")
    return str(error or ""), str(description or "")[:300]


def first_problem(problems: list[dict]) -> tuple[str, str]:
    """(number, words with what they are about)"""
    problem: Mapping[str, Any] = problems[0]
    words = str(problem.get("longMessage") or problem.get("message") or "").strip()
    named = [f"{p.get('name')} {p.get('value')}" for p in problem.get("parameters") or () if isinstance(p, dict)]
    about = f" ({', '.join(named)})" if named else ""
    return str(problem.get("errorId") or ""), f"{words}{about}"[:300]


def is_expired(response: Response) -> bool:
    """Our access of two hours ran out; another one can be had."""
    return response.status == 401 and said(response)[0] in ("1001", "1002", "")


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    if 200 <= response.status < 300:
        return
    code, words = said(response)
    error = _of(response, code, f"{what}: {words or 'eBay does not say why'}")
    if error:
        raise error
    raise_for_status(response, what=what, writes=writes, code=code, message=words)


def _of(response: Response, code: str, words: str) -> ChannelError | None:
    status = response.status
    if status == 429 or code in _TOO_MANY:
        wait = retry_after(response, 300.0)
        return Busy(f"{words}. eBay's limit of calls is used up.", retry_after=wait, code=code, status=status)
    if code in _SCOPE or status == 403:
        hint = "The user token lacks the permission: get a new one, with all scopes."
        return Refused(f"{words}. {hint}", code=code, status=status)
    if status == 401:
        hint = "Get a new user token in the developer portal and enter it here; they last 18 months."
        return Refused(f"{words}. {hint}", code=code, status=status)
    if code in _GONE:
        return Gone(words, code=code, status=status)
    if status >= 500 and code and code not in _SYSTEM:
        return Rejected(words, code=code, status=status)
    return None


def problem_of(row: Mapping[str, Any]) -> str:
    """Why one row of a batch was not taken, in eBay's words; empty where it was (2xx)."""
    if 200 <= rows.whole(row.get("statusCode")) < 300:
        return ""
    problems = rows.rows(row.get("errors"))
    return (first_problem(problems)[1] if problems else "") or "eBay refused it and did not say why."
