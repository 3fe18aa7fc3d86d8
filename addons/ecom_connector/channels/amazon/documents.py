"""Reports that Amazon makes, API 2021-06-30: listed, and downloaded from an address good for five minutes (model)."""

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from ..errors import Gone, Unreadable
from ..records import Page, Raw
from ..transport import MAX_ANSWER
from . import answers, values

_PATH = "/reports/2021-06-30"
# A list goes back 90 days (model); a minute is left for clocks that differ.
_REACH = timedelta(days=90, minutes=-1)
_AT_ONCE = 10


def of_kind(client, kind: str, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Reports made since then that are ready, as Amazon lists them. With a token nothing else may be said (model)."""
    asked: dict[str, Any] = {"nextToken": token}
    if not token:
        reach = datetime.now(timezone.utc) - _REACH
        asked = {
            "reportTypes": (kind,),
            "processingStatuses": ("DONE",),
            "pageSize": _AT_ONCE,
            "createdSince": values.written(max(since or reach, reach)),
        }
        if until:
            asked["createdUntil"] = values.written(until)
    found = answers.load(client.get(f"{_PATH}/reports", asked, what="Looking for reports").body)
    ready = [row for row in values.rows(found.get("reports")) if row.get("processingStatus") == "DONE"]
    return Page(items=tuple(ready), next=values.text(found.get("nextToken")))


def newest(client, kind: str, since: datetime) -> Mapping[str, Any] | None:
    """The last report of that kind that was made or asked for since then, None where there is none that may serve."""
    states = ("DONE", "IN_QUEUE", "IN_PROGRESS")
    asked = {"reportTypes": (kind,), "processingStatuses": states, "pageSize": _AT_ONCE}
    asked["createdSince"] = values.written(since)
    found = answers.load(client.get(f"{_PATH}/reports", asked, what="Looking for reports").body)
    rows = [row for row in values.rows(found.get("reports")) if row.get("processingStatus") in states]
    return max(rows, key=lambda row: values.text(row.get("createdTime")), default=None)


def ask_for(client, kind: str, begin: datetime, end: datetime) -> str:
    """The id of a report that Amazon makes for us now."""
    asked = {
        "reportType": kind,
        "marketplaceIds": list(client.marketplaces),
        "dataStartTime": values.written(begin),
        "dataEndTime": values.written(end),
    }
    found = answers.load(client.post(f"{_PATH}/reports", asked, what="Asking for a report").body)
    return values.identifier(found.get("reportId"))


def look_at(client, report_id: str) -> Mapping[str, Any]:
    """How far a report is; one that is not there any more is as good as cancelled."""
    try:
        return answers.load(client.get(f"{_PATH}/reports/{quote(report_id, safe='')}", what="Fetching a report").body)
    except Gone:
        return {"reportId": report_id, "processingStatus": "CANCELLED"}


def download(client, report: Mapping[str, Any]) -> Raw:
    """The report as Amazon made it, unpacked. Unreadable."""
    key = values.identifier(report.get("reportDocumentId"))
    place = answers.load(client.get(f"{_PATH}/documents/{quote(key, safe='')}", what="Fetching a report").body)
    body = client.download(values.text(place.get("url")), what="Downloading a report")
    made = values.moment(report.get("createdTime"))
    return Raw(
        external_id=values.identifier(report.get("reportId")),
        version=values.written(made) if made else "",
        body=unpacked(body) if place.get("compressionAlgorithm") == "GZIP" else body,
        updated_at=made,
    )


def unpacked(body: bytes) -> bytes:
    """Of gzip, held to the size of any other answer. Unreadable."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(body, MAX_ANSWER)
    except zlib.error as error:
        raise Unreadable("Amazon's report is packed in a way that cannot be unpacked.") from error
    if not unpacking.eof:
        raise Unreadable("Amazon's report broke off, or is larger than we accept.")
    return found
