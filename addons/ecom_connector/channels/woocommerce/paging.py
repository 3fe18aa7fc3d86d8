"""Turning the pages of a list in the order in which its records changed, while they go on changing.

A record that changes while we turn pages moves to the end, all behind it move up by one, and a plain next page would
skip one. So the next page begins where this one ended: "after" the last moment seen, less one second, as the shop's
"after" excludes its own second. Only where a whole page shares one second are pages counted.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from ..records import Raw
from ..transport import Response

# The largest page the shop gives out (recorded: 400 above it).
LARGEST = 100


def params(
    client, since: datetime | None, until: datetime | None, token: str, *, by: str, bounds: tuple[str, str]
) -> dict[str, Any]:
    """What to ask for; `by` names the moment to sort by, `bounds` the parameters that limit it from both sides."""
    after, page = _place(since, token)
    asked: dict[str, Any] = {"per_page": client.page_size, "page": page, "orderby": by, "order": "asc"}
    if after or until:
        asked["dates_are_gmt"] = "true"
    if after:
        asked[bounds[0]] = after
    if until:
        asked[bounds[1]] = _written(until)
    return asked


def following(client, items: tuple[Raw, ...], token: str, since: datetime | None, answer: Response) -> str:
    """The token of the page after this one, empty where this was the last."""
    after, page = _place(since, token)
    if not items or not has_more(answer, page, len(items) >= client.page_size):
        return ""
    last = items[-1].updated_at
    onward = _written(last - timedelta(seconds=1)) if last else ""
    return f"{onward}|1" if onward > after else f"{after}|{page + 1}"


def has_more(answer: Response, page: int, otherwise: bool = False) -> bool:
    """Whether pages follow; `otherwise` where the shop, or a proxy, does not say how many there are."""
    pages = answer.headers.get("X-WP-TotalPages", "")
    return page < int(pages) if pages.isascii() and pages.isdigit() else otherwise


def every(client, path: str, *, what: str) -> Iterable[Response]:
    """All pages of a short list, such as tax rates."""
    page = 1
    while True:
        answer = client.get(path, {"per_page": LARGEST, "page": page}, what=what)
        yield answer
        if not has_more(answer, page):
            return
        page += 1


def _place(since: datetime | None, token: str) -> tuple[str, int]:
    if not token:
        return (_written(since - timedelta(seconds=1)) if since else ""), 1
    after, _bar, page = token.partition("|")
    return after, int(page)


def _written(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
