"""Dates and times as reports write them, in their languages; always aware."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from ..errors import Unreadable
from .months import month

ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0),
    **dict.fromkeys(("pst",), -480),
    **dict.fromkeys(("pdt", "mst"), -420),
    **dict.fromkeys(("mdt", "cst"), -360),
    **dict.fromkeys(("cdt", "est"), -300),
    **dict.fromkeys(("edt", "ast"), -240),
    **dict.fromkeys(("bst", "west", "cet", "mez"), 60),
    **dict.fromkeys(("cest", "mesz", "eet"), 120),
    **dict.fromkeys(("eest", "msk", "trt"), 180),
    **{"jst": 540, "acst": 570, "aest": 600, "aedt": 660, "ist": 330, "sgt": 480, "brt": -180, "adt": -180},
}
# CET, but summer: those that stand for a region all year, as Adyen writes them.
REGIONS = {"cet": "Europe/Paris", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles"}
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?")
NUMBERS = re.compile(r"\d+")
CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]\.?\s?m\.?)?", re.IGNORECASE)
OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-]\d{1,2}):?(\d{2})?$", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+\.?")


@lru_cache(maxsize=2**15)
def moment(text: str, order: str = "mdy", zone: str = "UTC") -> datetime:
    """`order` of day and month where both are numbers, "mdy" or "dmy"; `zone` where the text has none. Unreadable."""
    found = ISO.fullmatch(text)
    try:
        return _iso(found, zone) if found else _spoken(text.strip(), order, zone)
    except (ValueError, KeyError, IndexError, OverflowError, OSError):
        raise Unreadable(f"“{text[:40]}” is no date.")


def maybe(text: str, order: str = "mdy", zone: str = "UTC") -> datetime | None:
    """The same, None for an empty cell. Unreadable."""
    return moment(text, order, zone) if text and text.strip() not in ("", "--") else None


def _iso(found: re.Match, zone: str) -> datetime:
    year, number, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    return datetime(year, number, day, hour, minute, second, tzinfo=_zone(found[7] or "", zone))


def _zone(name: str, zone: str):
    if not name:
        return ZoneInfo(zone) if zone != "UTC" else timezone.utc
    if name.lower() in ZONES:
        return timezone(timedelta(minutes=ZONES[name.lower()]))
    found = OFFSET.fullmatch(name)
    if not found:
        raise ValueError(name)
    hours, minutes = int(found[1]), int(found[2] or 0)
    return timezone(timedelta(minutes=hours * 60 + (minutes if hours >= 0 and found[1][0] != "-" else -minutes)))


def _spoken(text: str, order: str, zone: str) -> datetime:
    """Like "Sep 4, 2026 1:05:07 AM PDT", "1 juil. 2026 08:31:35 UTC", "14.03.2023 07:49:55 UTC"."""
    clock = next((found for found in CLOCK.finditer(text) if _is_clock(found, text)), None)
    day_part = text[: clock.start()] if clock else text
    rest = text[clock.end() :].strip(" ()") if clock else ""
    hour, minute, second = _clock(clock) if clock else (0, 0, 0)
    if clock and not day_part.strip():
        raise ValueError(text)
    year, number, day = _day(day_part, order)
    return datetime(year, number, day, hour, minute, second, tzinfo=_zone(rest, zone))


def _is_clock(found: re.Match, text: str) -> bool:
    """ "14.03.2023" is no time of day: the clock stands after a blank or a T."""
    before = text[found.start() - 1 : found.start()]
    return ("." not in found[0] or ":" in found[0]) and before in (" ", "T", "\u00a0", "\u202f", ",")


def _clock(found: re.Match) -> tuple[int, int, int]:
    hour, half = int(found[1]), (found[4] or "")[:1].lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(found[0])
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(found[2]), int(found[3] or 0)


def _day(text: str, order: str) -> tuple[int, int, int]:
    numbers = [int(number) for number in NUMBERS.findall(text)]
    named = [number for word in WORD.findall(text) if (number := month(word))]
    if named:
        day, year = sorted(numbers[:2])
        return _century(year), named[0], day
    if len(numbers) != 3:
        raise ValueError(text)
    if numbers[0] > 999:
        return numbers[0], numbers[1], numbers[2]
    first, second, year = numbers
    # With points between them the day stands first, in whatever language.
    return _century(year), *((first, second) if order == "mdy" and "." not in text else (second, first))


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def date_order(texts: Iterable[str]) -> str:
    """ "dmy" or "mdy" of "03/04/2026", empty where the texts do not tell. Only one reading gives days that exist."""
    for text in texts:
        numbers = [int(number) for number in NUMBERS.findall(text)[:3]]
        if len(numbers) == 3 and numbers[0] <= 31 and (numbers[0] > 12) != (numbers[1] > 12):
            return "dmy" if numbers[0] > 12 else "mdy"
    return ""
