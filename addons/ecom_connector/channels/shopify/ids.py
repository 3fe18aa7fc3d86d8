"""Shopify's two names of one thing: `gid://shopify/Order/450789469` on the wire, `450789469` here.

The short one is what people see in addresses of the Shopify admin, what webhooks carry and what payout reports cite.
"""

import re
from typing import Any

from ..errors import Gone, Unreadable

_GID = re.compile(r"gid://shopify/([A-Za-z]{1,64})/([0-9]{1,20})(?:\?[\w=&%.-]{0,200})?")
_NUMBER = re.compile(r"[0-9]{1,20}")
_PLACE = "FulfillmentOrder/"


def gid(kind: str, number: str) -> str:
    """Gone where it cannot be the number of anything."""
    if not _NUMBER.fullmatch(number):
        raise Gone(f"The shop has no {kind} {number[:40]}: its ids are whole numbers.")
    return f"gid://shopify/{kind}/{number}"


def number(value: Any) -> str:
    """Of a gid, or of the plain number that webhooks carry; empty where there is none. Unreadable."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**20:
        return str(value)
    found = _GID.fullmatch(value) if isinstance(value, str) else None
    if found:
        return found[2]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return value
    raise Unreadable("The shop sent something that is not an id where one was expected.")


def place_name(number: str) -> str:
    """What stands for an order of which only a fulfilment order is known."""
    return f"{_PLACE}{number}"


def place_number(name: str) -> str:
    """The fulfilment order's number; empty where it is no such name."""
    found = name.removeprefix(_PLACE)
    return found if found != name and _NUMBER.fullmatch(found) else ""
