"""More was sold than is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import ZERO, Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    if order.fulfilment in ("fulfilled", "elsewhere"):
        return
    for stock in facts.stock:
        free = max(stock.free, ZERO)
        if stock.wanted > free:
            values = {"item": stock.item, "wanted": f"{stock.wanted.normalize():f}", "free": f"{free.normalize():f}"}
            # Not about what is free: that moves by itself, what was ordered does not.
            yield Reason(code="stock_short", values=values, about=(stock.item, values["wanted"]))
