"""What an answer of Shopify means: nothing wrong, or the error that says what to do next.

GraphQL answers with 200 whatever happened. What is wrong with the call stands in `errors` with a code, what is wrong
with the thing asked for in the `userErrors` of the mutation.
"""

from collections.abc import Mapping
from typing import Any

from ..errors import Busy, ChannelError, Refused, Rejected, Unanswered, Unreachable, Unreadable
from ..transport import Response, raise_for_status
from . import fields

# Fields that only some plans or scopes allow: an order is read without them.
OPTIONAL = ("staffMember", "risk", "publication", "purchasingEntity", "localizedFields", "customer")
_WORDS = {
    401: "Shopify does not accept our access any more.",
    402: "the shop is frozen: it has an unpaid bill at Shopify.",
    403: "Shopify does not let this app in.",
    404: "there is no shop at this address.",
    423: "the shop is locked. Its owner has to talk to Shopify.",
}


def read(response: Response, *, what: str, writes: bool) -> dict:
    """The answer's `data`, with its extensions left aside. Raises the error that it means."""
    raise_for_http(response, what=what, writes=writes)
    try:
        told = fields.load(response.body)
        data, problems = told.get("data"), fields.rows(told.get("errors"))
    except Unreadable as error:
        if writes:
            raise Unanswered(f"{what}: the answer cannot be read.", status=response.status) from error
        raise
    blocking = [problem for problem in problems if data is None or not _is_optional(problem)]
    if blocking:
        raise _error(blocking[0], what, writes)
    if not isinstance(data, dict):
        kind = Unanswered if writes else Unreadable
        raise kind(f"{what}: the answer is empty.", status=response.status)
    return data


def cost(response: Response) -> Mapping[str, Any]:
    """`extensions.cost`, empty where the answer has none."""
    try:
        return fields.record(fields.record(fields.load(response.body).get("extensions")).get("cost"))
    except Unreadable:
        return {}


def raise_for_http(response: Response, *, what: str, writes: bool) -> None:
    status = response.status
    if status < 300:
        return
    message = _WORDS.get(status, "")
    if status < 400:
        raise Refused(
            f"{what}: the shop has another address. Enter the one that ends in .myshopify.com.", status=status
        )
    if status in (402, 404, 423):
        raise Refused(f"{what}: {message}", status=status)
    if status == 430:
        raise Busy(f"{what}: Shopify takes us for a robot and asks us to slow down.", retry_after=60.0, status=status)
    raise_for_status(response, what=what, writes=writes, message=message)


def code(problem: Mapping[str, Any]) -> str:
    return fields.text(fields.record(problem.get("extensions")).get("code"))


def _is_optional(problem: Mapping[str, Any]) -> bool:
    """Not allowed, and nothing that we cannot do without."""
    path = problem.get("path")
    names = [name for name in path if isinstance(name, str)] if isinstance(path, list) else []
    return code(problem) == "ACCESS_DENIED" and any(name in OPTIONAL for name in names)


def _error(problem: Mapping[str, Any], what: str, writes: bool) -> ChannelError:
    found, message = code(problem), fields.text(problem.get("message"))[:300]
    said = f"{what}: {message}"
    if found == "THROTTLED":
        return Busy(said, retry_after=10.0, code=found)
    if found == "ACCESS_DENIED":
        scope = fields.text(fields.record(problem.get("extensions")).get("requiredAccess"))[:200]
        return Refused(f"{what}: the app may not do this. It needs {scope or message}", code=found)
    if found == "SHOP_INACTIVE":
        return Refused(f"{what}: the shop is closed.", code=found)
    if found in ("INTERNAL_SERVER_ERROR", "TIMEOUT"):
        return (Unanswered if writes else Unreachable)(said, code=found)
    return Rejected(said, code=found)


def payload(data: Mapping[str, Any], name: str, what: str, errors: str = "userErrors") -> dict:
    """The mutation's own answer. Rejected with its words where it says no."""
    told = fields.record(data.get(name))
    problems = fields.rows(told.get(errors))
    if problems:
        said = " ".join(dict.fromkeys(fields.text(problem.get("message")) for problem in problems))[:400]
        raise Rejected(f"{what}: {said}", code=fields.text(problems[0].get("code")))
    return told
