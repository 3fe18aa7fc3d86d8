"""Which of an order's two currencies it is placed in, and the rate between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the plain packages of an add-on are tested apart from each other
    from ..channels.records import Order

POLICIES = ("buyer", "shop")


def in_chosen_currency(order: Order, policy: str) -> Order:
    """The order as the buyer saw it or as the shop counts it; what the other one came to stays with it.

    An order that is stated once is taken as it is.
    """
    shop = order.in_shop_currency
    if shop is None:
        return order
    if policy == "shop":
        return replace(shop, other_currency=order.currency, other_total=order.total)
    return replace(order, in_shop_currency=None, other_currency=shop.currency, other_total=shop.total)


def stated_rate(order: Order, company_currency: str) -> Decimal | None:
    """Units of the order's currency for one of the company's, as the channel itself converted them; None where it does
    not say."""
    if order.other_currency != company_currency or order.currency == company_currency:
        return None
    if order.total <= 0 or order.other_total <= 0:
        return None
    return order.total / order.other_total
