"""A parcel to this address would come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason
from .identity import place

if TYPE_CHECKING:
    from ...channels.records import Address, Order

# How postcodes are written, by the countries' postal services; countries that are not listed are not judged.
_FIVE, _FOUR = r"\d{5}", r"\d{4}"
POSTCODES = {
    **dict.fromkeys(("AT", "AU", "BE", "CH", "DK", "HU", "LU", "NO", "NZ", "SI"), _FOUR),
    **dict.fromkeys(("DE", "ES", "FI", "FR", "HR", "IT", "TR"), _FIVE),
    "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "CZ": r"\d{3} ?\d{2}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "GR": r"\d{3} ?\d{2}",
    "JP": r"\d{3}-?\d{4}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "PL": r"\d{2}-?\d{3}",
    "PT": r"\d{4}-?\d{3}",
    "SE": r"\d{3} ?\d{2}",
    "SK": r"\d{3} ?\d{2}",
    "US": r"\d{5}(-\d{4})?",
}
PLACEHOLDERS = frozenset(("test", "asdf", "xxx", "none", "na", "unknown", "null", "abc", "123"))


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    """Only where there is something to send, and where we are the ones who send it."""
    if order.fulfilment in ("fulfilled", "elsewhere") or not any(line.kind == "product" for line in order.lines):
        return
    address = order.ship_to or order.bill_to
    about = (*place(address), address.name, address.city, address.state)
    for code in _codes(address, facts, limits):
        yield Reason(code=code, values={"postcode": address.postcode, "country": address.country}, about=about)


def _codes(address: Address, facts: Facts, limits: Limits) -> Iterator[str]:
    if not (address.street or address.city or address.postcode):
        yield "no_address"
        return
    yield from _missing(address, facts)
    pattern = POSTCODES.get(address.country.upper())
    if address.postcode and pattern and not re.fullmatch(pattern, address.postcode.strip().upper()):
        yield "odd_postcode"
    words = (address.name, address.street, address.city)
    if any("".join(filter(str.isalnum, word.casefold())) in PLACEHOLDERS for word in words if word):
        yield "placeholder"
    if limits.phone and not address.phone:
        yield "no_phone"


def _missing(address: Address, facts: Facts) -> Iterator[str]:
    if not address.country or not facts.country.known:
        yield "no_country"
    if not (address.name or address.company):
        yield "no_name"
    if not address.street:
        yield "no_street"
    if not address.city:
        yield "no_city"
    if not address.postcode and facts.country.needs_postcode:
        yield "no_postcode"
    if not address.state and facts.country.needs_state:
        yield "no_state"
