"""Bundles: a line that is sold, and the lines it is made of.

Shops state both, and either may carry the money. What is shipped is decided here: a bundle that is a product of its
own here (a kit) is one line, and its parts that cost nothing are left out, as they come out of the kit; a bundle that
nobody knows here is sold as its parts, which share its amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from .apportion import apportion

if TYPE_CHECKING:  # the plain packages of an add-on are tested apart from each other
    from ..channels.records import Line, Order

ZERO = Decimal(0)
FINEST = Decimal("0.000001")


def unfold(order: Order, is_known: Callable[[Line], bool]) -> Order:
    """The order with each bundle as a kit or as its parts; amounts in all stay as they were. The very same order where
    it has no bundles. `is_known`: whether a line's item is a product here."""
    parts = defaultdict(list)
    for line in order.lines:
        if line.part_of:
            parts[line.part_of].append(line)
    parents = {line.external_id: line for line in order.lines if line.external_id in parts}
    if not parents:
        return order
    lines = []
    for line in order.lines:
        if line.external_id in parents and not is_known(line):
            lines += _shared(line, parts[line.external_id])
        elif line.part_of not in parents:
            lines.append(line)
        elif is_known(parents[line.part_of]) and (line.total or line.tax_total):
            lines.append(line)
    return replace(order, lines=tuple(lines))


def _shared(bundle: Line, parts: list[Line]) -> list[Line]:
    """The parts with the bundle's own amounts shared out by what each is worth, else by how many they are."""
    weights = [part.gross for part in parts]
    if not any(weights):
        weights = [part.quantity for part in parts]

    def share(amount: Decimal) -> list[Decimal]:
        worth = sum(weights, ZERO)
        exact = [amount * weight / worth if worth else amount / len(parts) for weight in weights]
        return apportion(amount.quantize(FINEST), exact, FINEST)

    gross, discount = share(bundle.gross), share(bundle.discount)
    taxes = [(tax, share(tax.amount)) for tax in bundle.taxes]
    return [
        replace(
            part,
            gross=part.gross + gross[place],
            discount=part.discount + discount[place],
            taxes=(*part.taxes, *(replace(tax, amount=amounts[place]) for tax, amounts in taxes)),
        )
        for place, part in enumerate(parts)
    ]
