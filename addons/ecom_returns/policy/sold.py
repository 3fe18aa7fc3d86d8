"""What was sold and charged, as the refund looks at it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .shares import ZERO, spread, spread_taxes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """One article as it was charged.

    key         what the caller knows it by
    quantity    units that the amounts below are for
    net         all units together, after their own discount, without tax
    taxes       {tax: amount} as charged on them
    before      units whose share was given back earlier
    given       what was given back of this article in all, taxes included: shares and goodwill
    """

    key: Hashable
    quantity: Decimal
    net: Decimal
    taxes: Mapping[Hashable, Decimal] = field(default_factory=dict)
    before: Decimal = ZERO
    given: Decimal = ZERO

    @property
    def tax(self) -> Decimal:
        return sum(self.taxes.values(), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax

    @property
    def left(self) -> Decimal:
        """What can still be given back, taxes included."""
        return max(self.gross - self.given, ZERO)


def with_discounts(articles: Sequence[Sold], discounts: Sequence[Sold], unit: Decimal) -> tuple[Sold, ...]:
    """The articles after their shares of discounts on the whole order, in proportion to their net amounts.

    `discounts` have amounts below zero. A free article takes no share and stays free.
    """
    if not discounts or not articles:
        return tuple(articles)
    weights = [article.net for article in articles]
    found = list(articles)
    for discount in discounts:
        nets, taxes = spread(discount.net, weights, unit), spread_taxes(discount.taxes, weights, unit)
        found = [
            replace(article, net=article.net + net, taxes=_plus(article.taxes, shares))
            for article, net, shares in zip(found, nets, taxes, strict=True)
        ]
    return tuple(found)


def split_kit(kit: Sold, components: Sequence[tuple[Hashable, Decimal, Decimal]], unit: Decimal) -> tuple[Sold, ...]:
    """A kit as the parts that can come back one by one. `components`: (key, units in all kits, worth of one unit).

    By worth, because the buyer paid one price: all parts together come to exactly what the kit cost, and one part
    back is never a whole kit back.
    """
    weights = [quantity * worth for _key, quantity, worth in components]
    if not any(weights):
        weights = [quantity for _key, quantity, _worth in components]
    nets, taxes = spread(kit.net, weights, unit), spread_taxes(kit.taxes, weights, unit)
    return tuple(
        Sold(key=key, quantity=quantity, net=net, taxes=shares)
        for (key, quantity, _worth), net, shares in zip(components, nets, taxes, strict=True)
    )


def _plus(taxes: Mapping, more: Mapping) -> dict:
    return {tax: taxes.get(tax, ZERO) + more.get(tax, ZERO) for tax in {**taxes, **more}}
