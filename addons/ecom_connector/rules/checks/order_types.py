"""Which kinds of order an order is; one can be of several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...channels.records import Order

ORDINARY = "ordinary"
TYPES = ("ordinary", "marketplace", "subscription", "wholesale", "preorder", "gift")


def order_types(order: Order, of_channel: Iterable[str] = ()) -> frozenset[str]:
    """What the channel says of the order, and what all orders of the channel are (`of_channel`). A company that gives
    its VAT number buys wholesale; whoever writes a message for somebody else makes a gift. What is nothing else is
    ordinary."""
    found = {kind for kind in (*order.kinds, *of_channel) if kind in TYPES}
    if (order.buyer.company or order.bill_to.company) and (order.buyer.vat or order.bill_to.vat):
        found.add("wholesale")
    if order.gift_message:
        found.add("gift")
    return frozenset(found - {ORDINARY}) or frozenset({ORDINARY})


def applies(types: frozenset[str], only: Iterable[str], never: Iterable[str]) -> bool:
    """Whether a rule looks at orders of these types: at one of `only` (none named: any), and at none of `never`."""
    only = set(only)
    return not types & set(never) and (not only or bool(types & only))
