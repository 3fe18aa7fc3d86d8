"""The goods go to somebody else than the bill: often a present, sometimes a stolen card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import Facts, Limits
from ..finding import Reason
from ..identity import place

if TYPE_CHECKING:
    from ....channels.records import Order

OTHER_COUNTRY, OTHER_PERSON = 40, 15


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    bill_to, ship_to = order.bill_to, order.ship_to
    if not bill_to or not ship_to or place(bill_to) == place(ship_to):
        return
    about = (*place(bill_to), *place(ship_to))
    if bill_to.country and ship_to.country and bill_to.country.upper() != ship_to.country.upper():
        countries = {"bill": bill_to.country.upper(), "ship": ship_to.country.upper()}
        yield Reason(code="other_country", values=countries, about=about, points=OTHER_COUNTRY)
    elif "gift" not in facts.types and _words(bill_to.name) != _words(ship_to.name):
        yield Reason(code="other_person", about=about, points=OTHER_PERSON)


def _words(name: str) -> frozenset[str]:
    """Anna Huber and HUBER Anna are one person."""
    return frozenset(name.casefold().replace(",", " ").split())
