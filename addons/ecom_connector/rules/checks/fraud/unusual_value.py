"""An order much larger than this merchant's usual ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import Facts, Limits
from ..finding import Reason

if TYPE_CHECKING:
    from ....channels.records import Order

LARGE, VERY_LARGE = 30, 50


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    if not limits.amount or facts.value < limits.amount:
        return
    points = VERY_LARGE if facts.value >= 3 * limits.amount else LARGE
    total = f"{order.total.normalize():f} {order.currency}"
    yield Reason(code="large", values={"total": total}, about=(total,), points=points)
