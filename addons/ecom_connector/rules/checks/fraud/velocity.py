"""Many orders of one buyer, or to one address, in a short time: stolen cards are emptied fast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ..facts import Facts, Limits
from ..finding import Reason

if TYPE_CHECKING:
    from ....channels.records import Order

# At most so much that one sign alone never reaches the usual limit: parcel shops and companies order often.
FEW, EACH_MORE, MOST = 25, 10, 50


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    since = order.created_at - timedelta(hours=limits.hours)
    count = sum(since <= earlier.placed_at <= order.created_at for earlier in facts.earlier)
    if count >= limits.orders:
        points = min(FEW + EACH_MORE * (count - limits.orders), MOST)
        # Not about the count: it grows by itself, and whoever released it knew that the buyer buys much.
        yield Reason(code="velocity", values={"count": count, "hours": limits.hours}, points=points)
