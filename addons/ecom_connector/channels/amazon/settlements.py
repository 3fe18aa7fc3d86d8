"""Settlement reports of Amazon: made every two weeks or with each payout, and kept for 90 days.

Fetched are those in the second layout (settlements_v2.py); the others are read when somebody uploads them.
"""

from datetime import datetime

from ..records import Page
from . import documents
from .settlements_v2 import read as read_report  # noqa: F401 the rest of this noun

_KIND = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"


def fetch_settlements(client, since: datetime | None, until: datetime | None = None, token: str = "") -> Page:
    """Reports made since then. Unreadable; Refused where the application lacks the role Finance and Accounting."""
    page = documents.of_kind(client, _KIND, since, until, token)
    return Page(items=tuple(documents.download(client, report) for report in page.items), next=page.next)
