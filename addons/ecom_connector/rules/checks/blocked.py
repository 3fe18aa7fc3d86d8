"""The buyer stands on the merchant's block list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    for kind, value, why in facts.blocked:
        yield Reason(code=f"blocked_{kind}", values={"value": value, "why": why or "-"}, about=(kind, value))
