"""What an answer of the shop means: nothing wrong, or the error that says what to do next.

The `code` in the body is looked at before the status: WooCommerce answers business errors with HTTP 500 (a refund
that is too high), and a missing order and a missing WooCommerce both with 404 (research/contracts.md, recorded).
"""

import html
import re

from ..errors import ChannelError, Gone, Refused, Rejected, Unreachable, Unreadable
from ..transport import Response, raise_for_status
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
    status = response.status
    if 200 <= status < 300:
        return
    code, message = said(response)
    message = message or _words(status, code)
    error = _own_kind(status, code)
    if error:
        raise error(f"{what}: {message}", code=code, status=status)
    raise_for_status(response, what=what, writes=writes, code=code, message=message)


def _own_kind(status: int, code: str) -> type[ChannelError] | None:
    """Where WooCommerce means something else than the status says; None where it means just that."""
    if status < 400:
        # Redirects are not followed on writes. A move for good needs the right address, another may pass.
        return Refused if status in (301, 308) else Unreachable
    if status in (404, 410):
        # Somebody else's 404: a shop being moved must not look like a shop whose orders were deleted.
        return Gone if code.endswith("_invalid_id") else Rejected if code or status == 410 else Unreachable
    if status >= 500 and status not in (503, *_GATEWAY) and code and code not in _CRASHES:
        return Rejected
    return None


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
