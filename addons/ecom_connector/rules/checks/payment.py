"""The money is not as safe as the merchant wants it before he sends anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order

ENOUGH = {"authorized": ("authorized", "partial", "paid"), "paid": ("paid",)}


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    if not order.total or facts.pays_later:
        return
    if order.payment == "refunded":
        yield Reason(code="paid_back", about=(order.payment,))
    elif order.payment not in ENOUGH[limits.payment]:
        yield Reason(code=f"payment_{order.payment}", about=(order.payment,))
