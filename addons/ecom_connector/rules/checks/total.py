"""The channel's lines do not add up to its own total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    if max(abs(facts.difference), abs(facts.tax_difference)) <= facts.tolerance:
        return
    values = {"total": order.total, "difference": facts.difference, "tax": facts.tax_difference}
    yield Reason(code="total_off", values=values, about=tuple(map(str, values.values())))
