"""Until when goods may come back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """`days` after the day of the start event, which is not counted.

    days            0: no time to think it over; None: for ever
    working_end     a window that ends on a Saturday, Sunday or holiday ends on the next working day (EU Regulation
                    1182/71, Article 3(4))
    not_before      an extension such as "until the end of January for all that was bought for Christmas"
    """

    days: int | None = 14
    working_end: bool = False
    not_before: date | None = None


def last_parcel(delivered: Collection[datetime | None], zone: str) -> date | None:
    """The day, where the buyer lives, on which the last parcel came; None while one has not, or nobody knows.

    Several goods of one order, or one in several pieces, count from the last of them.
    """
    if not delivered or None in delivered:
        return None
    return max(moment.astimezone(ZoneInfo(zone)).date() for moment in delivered)


def last_day(window: Window, start: date | None, holidays: Collection[date] = ()) -> date | None:
    """The last day in the window; None: it has no end (yet)."""
    if start is None or window.days is None:
        return None
    end = start + timedelta(days=window.days)
    if window.not_before and window.not_before > end:
        end = window.not_before
    while window.working_end and (end.weekday() >= 5 or end in holidays):
        end += timedelta(days=1)
    return end


def is_open(window: Window, start: date | None, asked: datetime, zone: str, holidays: Collection[date] = ()) -> bool:
    """Whether who asks at that moment is in time. The day has 24 hours where the buyer lives."""
    end = last_day(window, start, holidays)
    return end is None or asked.astimezone(ZoneInfo(zone)).date() <= end
