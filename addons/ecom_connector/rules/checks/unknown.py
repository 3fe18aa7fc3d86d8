"""The order uses words of the channel that nobody gave a meaning here. (Without its tax or product, an order cannot be
made at all: flow/check.py refuses it until they are known.)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    for kind, code, name in facts.unknown:
        yield Reason(code=f"unknown_{kind}", values={"name": name or code}, about=(code,))
