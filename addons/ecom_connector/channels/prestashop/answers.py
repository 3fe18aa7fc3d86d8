"""What an answer of the web service means: nothing wrong, or the error that says what to do next.

Every refusal is a list of codes and messages in XML (recorded). The code is looked at before the status: XML that the
shop cannot read is answered with 500 (recorded, code 127), and so is a PHP error. A record that is not there is a 404
with an empty body (recorded).
"""

import re

from ..errors import Gone, Refused, Rejected, Unreachable, Unreadable
from ..transport import Response, raise_for_status
from . import fields

# The shop's own decisions have codes of two or three digits; 1 to 15 are those of PHP's errors.
_DECIDED = range(16, 1000)
_SPACE = re.compile(r"\s+")


def said(response: Response) -> tuple[str, str]:
    """The first code and message, empty where the answer has none (a proxy's or a crash page)."""
    try:
        error = fields.load(response.body).find("errors/error")
        if error is None:
            return "", ""
        return fields.text(error, "code"), _SPACE.sub(" ", fields.text(error, "message"))[:300]
    except Unreadable:
        return "", ""


def raise_for_problem(response: Response, *, what: str, writes: bool) -> None:
    """Raise the error for this answer, if it is one; `what` names the attempt in a merchant's words."""
    status = response.status
    if 200 <= status < 300:
        return
    code, message = said(response)
    message = message or _words(status)
    kind = _own_kind(status, code)
    if kind:
        raise kind(f"{what}: {message}", code=code, status=status)
    raise_for_status(response, what=what, writes=writes, code=code, message=message)


def _own_kind(status: int, code: str):
    """Where PrestaShop means something else than the status says; None where it means just that."""
    if status < 400:
        # Redirects are not followed on writes. A move for good needs the right address, another may pass.
        return Refused if status in (301, 308) else Unreachable
    decided = code.isascii() and code.isdigit() and int(code) in _DECIDED
    if status == 405:
        return Refused if decided else Rejected  # the key may not do this with the resource
    if status == 503 and decided:
        return Refused  # "The PrestaShop webservice is disabled": somebody must switch it on
    if status == 404:
        return Gone if not decided else Rejected
    if status >= 500 and decided:
        return Rejected
    return None


def _words(status: int) -> str:
    if status in (301, 302, 303, 307, 308):
        return "the shop sends us on to another address. Enter the address it really uses."
    if status == 401:
        return "the shop does not accept the key, or its web server drops the Authorization header."
    if status == 403:
        return "the shop, or a firewall in front of it, does not let us in."
    if status == 404:
        return "the shop does not have it."
    return f"the shop answered with status {status}."
