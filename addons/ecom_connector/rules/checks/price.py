"""A price on the channel that is far from the pricelist here: a slip of the comma sells fast."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order

CENT = Decimal("0.01")


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    """Prices before discounts: a coupon is meant. A gift along with goods that were paid is meant as well."""
    paid = any(line.kind == "product" and line.gross for line in order.lines)
    for line in order.lines:
        listed = facts.prices.get(line.external_id)
        if not listed or not line.quantity or (paid and not line.gross):
            continue
        asked = (line.gross / line.quantity).quantize(CENT)
        if abs(asked - listed) * 100 > limits.percent * listed:
            code = "price_low" if asked < listed else "price_high"
            values = {"item": line.name or line.sku, "asked": asked, "listed": listed.quantize(CENT)}
            yield Reason(code=code, values=values, about=(line.external_id, str(asked)))
