"""The same buyer, or the same address, ordered the same things a moment ago: a double click, or a nervous buyer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    since = order.created_at - timedelta(hours=limits.hours)
    wanted = basket(order, facts)
    for earlier in facts.earlier:
        if since <= earlier.placed_at <= order.created_at and wanted and earlier.basket == wanted:
            yield Reason(code="duplicate", values={"number": earlier.number}, about=(earlier.number,))


def basket(order: Order, facts: Facts) -> Mapping[int, Decimal]:
    """{product: units of the listing}."""
    found: dict[int, Decimal] = {}
    for line in order.lines:
        goods = facts.goods.get(line.external_id)
        if goods and line.quantity:
            found[goods.product] = found.get(goods.product, Decimal(0)) + line.quantity
    return found
