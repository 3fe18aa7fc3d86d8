"""Search criteria: groups of filters, all groups must hold (contract). Times are UTC, without their zone (source).

Lists that change while they are read are not read by page numbers: what changes leaves its place, and all behind it
moves up by one. The next page begins where the last one ended; what stands on both is known by its version.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from .. import rows
from ..errors import Unreadable

Filter = tuple[str, str, str]


def criteria(filters: Sequence[Filter] = (), *, size: int, page: int = 1, sort: str = "") -> dict[str, Any]:
    """The parameters of a question; (field, condition, value) each."""
    asked: dict[str, Any] = {}
    for place, (field, condition, value) in enumerate(filters):
        begin = f"searchCriteria[filterGroups][{place}][filters][0]"
        asked |= {f"{begin}[field]": field, f"{begin}[value]": value, f"{begin}[conditionType]": condition}
    if sort:
        asked |= {"searchCriteria[sortOrders][0][field]": sort, "searchCriteria[sortOrders][0][direction]": "ASC"}
    return asked | {"searchCriteria[pageSize]": size, "searchCriteria[currentPage]": page}


def every(client, path: str, filters: Sequence[Filter] = (), *, what: str, size: int = 100) -> Iterator[dict]:
    """All of a list that rests. Behind its end Magento gives the last page again (source), so they are counted."""
    seen, page = 0, 1
    while True:
        found, total = client.records(path, criteria(filters, size=size, page=page), what=what)
        yield from found
        seen, page = seen + len(found), page + 1
        if not found or seen >= total:
            return


def turn(
    client,
    path: str,
    since: datetime | None,
    until: datetime | None,
    token: str,
    filters: Sequence[Filter] = (),
    *,
    what: str,
) -> tuple[list[dict], str]:
    """(one page of what was changed in that time, oldest change first; the token of the next)"""
    begin, _bar, number = token.partition("|")
    begin, page = begin or (stamp(since) if since else ""), int(number or 1)
    bounds = [("updated_at", "gteq", begin)] if begin else []
    bounds += [("updated_at", "lteq", stamp(until))] if until else []
    asked = criteria([*bounds, *filters], size=client.page_size, page=page, sort="updated_at")
    found, total = client.records(path, asked, what=what)
    last = rows.text(found[-1].get("updated_at")) if found else ""
    if not found or page * client.page_size >= total:
        return found, ""
    return found, f"{last}|1" if last > begin else f"{begin}|{page + 1}"


def pages(
    client, path: str, token: str, sort: str, filters: Sequence[Filter] = (), *, what: str
) -> tuple[list[dict], str]:
    """(one page of a list in the order in which it was made, the token of the next)"""
    page = int(token or 1)
    asked = criteria(filters, size=client.page_size, page=page, sort=sort)
    found, total = client.records(path, asked, what=what)
    return found, str(page + 1) if found and page * client.page_size < total else ""


def stamp(when: datetime) -> str:
    return when.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def moment(value: Any) -> datetime | None:
    stated = rows.text(value)
    if not stated or stated.startswith("0000"):
        return None
    try:
        return datetime.strptime(stated[:19].replace("T", " "), "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise Unreadable("The shop sent something that is not a date where one was expected.") from error


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    return moment(row.get("updated_at")) or moment(row.get("created_at"))
