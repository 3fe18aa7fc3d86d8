"""What an answer of the shop means: nothing wrong, or the error that says what to do next.

The `code` in the body is looked at before the status: WooCommerce answers business errors with HTTP 500 (a refund
that is too high), and a missing order and a missing WooCommerce both with 404 (research/contracts.md, recorded).
"""

import html
import re

from ..errors import Busy, ChannelError, Gone, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ..transport import Response, retry_after
from . import fields

# WordPress' words for "the program fell over", not for a decision about our request.
_CRASHES = ("internal_server_error", "wp_die", "db_connect_fail", "rest_unknown")
_GATEWAY = (502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530)
_TAGS = re.compile(r"<[^>]*>")


def said(response: Response) -> tuple[str, str]:
    """The shop's own error code and message, empty where the answer has none (a proxy's or a crash page)."""
    try:
        problem = fields.load_row(response.body)
        return fields.text(problem.get("code")), plain(fields.text(problem.get("message")))
    except Unreadable:
        return "", ""


def plain(message: str) -> str:
    """WordPress puts markup into its messages."""
    return " ".join(html.unescape(_TAGS.sub(" ", message)).split())[:300]


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    """Raise the error for this answer, if it is one; `what` names the attempt in a merchant's words."""
    if 200 <= response.status < 300:
        return
    code, message = said(response)
    error = _kind(response.status, code, writes, response.headers.get("Retry-After"))
    words = f"{what}: {message or _words(response.status, code)}"
    if error is Busy:
        raise Busy(words, retry_after=retry_after(response), code=code, status=response.status)
    raise error(words, code=code, status=response.status)


def _kind(status: int, code: str, writes: bool, asked_to_wait: str | None) -> type[ChannelError]:
    if status < 400:
        # Redirects are not followed on writes. A move for good needs the right address, another may pass.
        return Refused if status in (301, 308) else Unreachable
    if status == 429 or (status == 503 and asked_to_wait):
        return Busy
    if status in (401, 403):
        return Refused
    if status == 503:
        return Unreachable
    if status in _GATEWAY or (status >= 500 and (not code or code in _CRASHES)):
        return Unanswered if writes else Unreachable
    if status in (404, 410) and code.endswith("_invalid_id"):
        return Gone
    if status == 404 and not code:
        # Somebody else's 404: a shop being moved must not look like a shop whose orders were deleted.
        return Unreachable
    return Rejected


def _words(status: int, code: str) -> str:
    if status in (301, 302, 303, 307, 308):
        return "the shop sends us on to another address. Enter the address it really uses."
    if code == "rest_no_route":
        return "the shop does not know this request. Is WooCommerce active?"
    if status in (401, 403):
        return "the shop, or a firewall in front of it, does not let us in."
    if status == 404:
        return "this address answers, but not as a WooCommerce shop."
    return f"the shop answered with status {status}."
