"""Is there something odd about an order? One rule a file: values in, reasons out; nothing is decided here.

A rule is `find(order, facts, limits)` and yields its reasons. Whether it is asked at all, and whether what it finds
holds the order or is only told, is the merchant's setting for each channel (`ecom.check.policy`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import (
    address,
    blocked,
    channel_risk,
    credit,
    duplicate,
    fraud,
    payment,
    price,
    restricted,
    stock,
    total,
    unknown,
)
from .facts import Facts, Limits
from .finding import Finding, Reason

if TYPE_CHECKING:
    from ...channels.records import Order

Rule = Callable[["Order", Facts, Limits], Iterator[Reason]]

# In the order in which a person reads what they found.
RULES: dict[str, Rule] = {
    "blocked": blocked.find,
    "channel_risk": channel_risk.find,
    "fraud": fraud.find,
    "payment": payment.find,
    "total": total.find,
    "price": price.find,
    "credit": credit.find,
    "duplicate": duplicate.find,
    "restricted": restricted.find,
    "address": address.find,
    "stock": stock.find,
    "unknown": unknown.find,
}


def ask(rule: str, order: Order, facts: Facts, limits: Limits) -> Finding | None:
    """What that rule says of the order, None where it finds nothing."""
    reasons = tuple(RULES[rule](order, facts, limits))
    return Finding(rule=rule, reasons=reasons) if reasons else None
