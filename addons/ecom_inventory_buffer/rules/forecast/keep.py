"""An outlook as JSON that is kept with a proposal, and as bars to look at."""

import datetime
from typing import NamedTuple

from .outlook import Outlook

AHEAD = 8
BACK = 26


class Bar(NamedTuple):
    """One week: the day it begins, units, and whether it is still to come."""

    begins: datetime.date
    units: float
    ahead: bool


def to_json(outlook):
    return {**outlook._asdict(), "season": list(outlook.season), "last": outlook.last.isoformat()}


def from_json(kept):
    return Outlook(**{**kept, "season": tuple(kept["season"]), "last": datetime.date.fromisoformat(kept["last"])})


def bars(weeks, outlook):
    """The last half year as it was, and the next two months as expected."""
    begins = outlook.last - datetime.timedelta(days=6)
    past = list(weeks)[-BACK:]
    found = [Bar(begins - datetime.timedelta(weeks=len(past) - 1 - at), units, False) for at, units in enumerate(past)]
    for week in range(AHEAD):
        found.append(Bar(begins + datetime.timedelta(weeks=week + 1), outlook.units(7, after=7 * week), True))
    return found
