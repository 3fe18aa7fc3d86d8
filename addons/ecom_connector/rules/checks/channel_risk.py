"""The channel itself, which sees the buyer's card and device, thinks that the order is risky."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order

LEVELS = ("low", "medium", "high")


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    risk = order.risk
    if risk is None or LEVELS.index(risk.level) < LEVELS.index(limits.level):
        return
    yield Reason(code=f"channel_risk_{risk.level}", about=(risk.level,))
    for words in risk.reasons:
        yield Reason(code="channel_says", values={"words": words}, about=(words,))
