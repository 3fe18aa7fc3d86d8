"""Reconciliation reports of Walmart, fetched: one file a payout, every other week, read by settlements_recon.py."""

from datetime import datetime, timezone

from .. import rows
from ..errors import Unreadable
from ..records import Page, Raw
from .settlements_recon import read as read_report  # noqa: F401 the rest of this noun

_FILES = "/v3/report/reconreport"
_FORMAT = "%m%d%Y"
# Each is a file of its own.
_AT_ONCE = 4


def fetch_settlements(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """The reports of that time, oldest first; nothing before the account's first payout."""
    params = {"reportVersion": "v1"}
    answer = client.get(f"{_FILES}/availableReconFiles", params, what="Looking for payout reports")
    dates = sorted(_date(stated) for stated in rows.texts(rows.load(answer.body).get("availableApReportDates")))
    wanted = [date for date in dates if (not since or date >= since.date()) and (not until or date <= until.date())]
    start = int(token or 0)
    items = tuple(_raw(client, date) for date in wanted[start : start + _AT_ONCE])
    more = start + _AT_ONCE < len(wanted)
    return Page(items=items, next=str(start + _AT_ONCE) if more else "")


def _date(stated: str):
    try:
        return datetime.strptime(stated, _FORMAT).date()
    except ValueError as error:
        raise Unreadable("Walmart sent something that is not the date of a report.") from error


def _raw(client, date) -> Raw:
    written = date.strftime(_FORMAT)
    params = {"reportDate": written, "reportVersion": "v1"}
    body = client.get(f"{_FILES}/reconFile", params, what=f"Fetching the payout report of {date}").body
    at = datetime(date.year, date.month, date.day, tzinfo=timezone.utc)
    return Raw(external_id=written, version=rows.version(at, body.hex()[:64]), body=body, updated_at=at)
