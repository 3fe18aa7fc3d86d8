"""Dates of BigCommerce: as in mails in version 2 ("Wed, 14 Nov 2018 19:26:23 +0000"), in ISO 8601 in version 3."""

from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from .. import rows
from ..errors import Unreadable


def moment(value: Any) -> datetime | None:
    stated = rows.text(value)
    if not stated or stated[:1].isdigit():
        return rows.moment(stated)
    try:
        found = parsedate_to_datetime(stated)
        if found.tzinfo is None:
            raise Unreadable("BigCommerce sent a time without its zone.")
        return found.astimezone(timezone.utc)
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise Unreadable("BigCommerce sent something that is not a date where one was expected.") from error


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    return moment(row.get("date_modified")) or moment(row.get("date_created"))
