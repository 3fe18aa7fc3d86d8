"""PrestaShop writes the time of its own zone without naming it (recorded): reading and writing such times.

In autumn one hour comes twice. What is read is taken for the first of the two, what is asked for begins early enough
for both; and a version says only the hour then, so that two states inside it are in doubt instead of in the wrong order
(see `channels/version.py`).
"""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ..errors import Refused, Unreadable

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_NEVER = "0000-00-00"
_WRITTEN = "%Y-%m-%d %H:%M:%S"


def zone_of(name: str) -> ZoneInfo:
    """Refused where nobody knows a zone of that name."""
    try:
        return ZoneInfo(name.strip())
    except (ValueError, OSError, KeyError) as error:
        raise Refused(f"There is no time zone “{name}”. Write it like Europe/Paris.") from error


def read(stated: str, zone: ZoneInfo) -> datetime | None:
    """UTC; None for the shop's "never"."""
    if not stated or stated.startswith(_NEVER):
        return None
    if not _MOMENT.fullmatch(stated):
        raise Unreadable("The shop sent something that is not a date where one was expected.")
    try:
        return datetime.strptime(stated, _WRITTEN).replace(tzinfo=zone).astimezone(timezone.utc)
    except (ValueError, OverflowError) as error:
        raise Unreadable("The shop sent a date that does not exist.") from error


def version_moment(stated: str, zone: ZoneInfo) -> str:
    """What surely sorts: the second of a change, or the hour where that hour comes twice."""
    moment = read(stated, zone) or datetime(1970, 1, 1, tzinfo=timezone.utc)
    local = moment.astimezone(zone)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        moment = moment.replace(minute=0, second=0)
    return moment.isoformat()[:19] + "Z"


def earliest(moment: datetime, zone: ZoneInfo) -> str:
    """The shop's time before which nothing that happens from then on is written."""
    local = moment.astimezone(zone)
    later = (moment + timedelta(hours=3)).astimezone(zone)
    put_back = max(local.utcoffset() - later.utcoffset(), timedelta(0))
    return (local.replace(tzinfo=None) - put_back).strftime(_WRITTEN)


def latest(moment: datetime, zone: ZoneInfo) -> str:
    """The shop's time after which nothing that happened until then is written."""
    local = moment.astimezone(zone)
    before = (moment - timedelta(hours=3)).astimezone(zone)
    put_back = max(before.utcoffset() - local.utcoffset(), timedelta(0))
    return (local.replace(tzinfo=None) + put_back).strftime(_WRITTEN)
