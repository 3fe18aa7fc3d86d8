"""What a channel's order amounts to here, to the cent.

Shops round line by line, rate by rate or at the end, and state some lines with more digits than the currency has. Here
every line and every tax is a whole number of cents, and they add up to what the channel says it charges. What its
own rounding does not explain is not spread: it is `difference`, for a rounding line or a person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .apportion import apportion, quantise

if TYPE_CHECKING:  # the plain packages of an add-on are tested apart from each other
    from ..channels.records import Order, Tax

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """One line in whole cents. `net` after `discount`; `taxes`: (tax as stated, amount) that we owe; `remitted`: what
    the marketplace owes."""

    net: Decimal
    taxes: tuple[tuple[Tax, Decimal], ...] = ()
    remitted: Decimal = ZERO
    discount: Decimal = ZERO

    @property
    def tax(self) -> Decimal:
        return sum((amount for _tax, amount in self.taxes), ZERO)


@dataclass(frozen=True, slots=True)
class Amounts:
    """One order in whole cents; `lines` in the order's own order.

    total           what the order must come to here: the channel's total without the tax it remits itself
    tax             the tax that we owe
    discount        what was taken off the lines, as it is after rounding their sum
    difference      total less everything on the lines: zero for an order that adds up
    tax_difference  the channel's tax total less the tax on its lines
    """

    lines: tuple[LineAmounts, ...]
    total: Decimal
    tax: Decimal
    remitted: Decimal
    discount: Decimal
    difference: Decimal
    tax_difference: Decimal


def amounts(order: Order, digits: int) -> Amounts:
    """`digits` of the order's currency: 2 for cents, 0 for yen."""
    unit = Decimal(1).scaleb(-digits)
    taxes = _taxes(order, unit)
    owed = sum((amount for shares in taxes for tax, amount in shares if not tax.remitted), ZERO)
    remitted = sum((amount for shares in taxes for tax, amount in shares if tax.remitted), ZERO)
    total = quantise(order.total, unit) - remitted
    nets, discounts = _nets(order, total - owed, unit), _discounts(order, unit)
    return Amounts(
        lines=tuple(_line(*parts) for parts in zip(nets, discounts, taxes, strict=True)),
        total=total,
        tax=owed,
        remitted=remitted,
        discount=sum(discounts, ZERO),
        difference=total - owed - sum(nets, ZERO),
        tax_difference=quantise(order.tax_total, unit) - owed - remitted,
    )


def _line(net: Decimal, discount: Decimal, shares: list[tuple[Tax, Decimal]]) -> LineAmounts:
    return LineAmounts(
        net=net,
        discount=discount,
        taxes=tuple((tax, amount) for tax, amount in shares if not tax.remitted),
        remitted=sum((amount for tax, amount in shares if tax.remitted), ZERO),
    )


def _taxes(order: Order, unit: Decimal) -> list[list[tuple[Tax, Decimal]]]:
    """[(tax, whole cents)] of every line, each rate adding up to what the channel states for it."""
    places = defaultdict(list)
    for index, line in enumerate(order.lines):
        for tax in line.taxes:
            places[tax.code, tax.remitted].append((index, tax))
    targets = _targets(order, places, unit)
    shares = [[] for _line in order.lines]
    for key, found in places.items():
        cents = apportion(targets[key], [tax.amount for _index, tax in found], unit)
        for (index, tax), amount in zip(found, cents, strict=True):
            shares[index].append((tax, amount))
    return shares


def _targets(order: Order, places: dict, unit: Decimal) -> dict:
    """What each rate comes to on the whole order: as stated, else its lines, rounded so as to meet the tax total."""
    sums = {key: sum((tax.amount for _index, tax in found), ZERO) for key, found in places.items()}
    if order.tax_totals:
        stated = defaultdict(Decimal)
        for tax in order.tax_totals:
            stated[tax.code, tax.remitted] += tax.amount
        return {key: quantise(stated.get(key, amount), unit) for key, amount in sums.items()}
    target = quantise(order.tax_total, unit)
    rounded = [quantise(amount, unit) for amount in sums.values()]
    if _explained(target, list(sums.values()), unit, slack=len(sums)):
        rounded = apportion(target, list(sums.values()), unit)
    return dict(zip(sums, rounded, strict=True))


def _nets(order: Order, target: Decimal, unit: Decimal) -> list[Decimal]:
    """The lines without tax; those with more digits than the currency take up the cents of the channel's rounding."""
    nets = [line.total for line in order.lines]
    rates = {tax.code for line in order.lines for tax in line.taxes}
    broken = [net for net in nets if quantise(net, unit) != net]
    if broken and _explained(target, nets, unit, slack=len(rates) + 1):
        whole = sum((net for net in nets if quantise(net, unit) == net), ZERO)
        cents = iter(apportion(target - whole, broken, unit))
        return [net if quantise(net, unit) == net else next(cents) for net in nets]
    return [quantise(net, unit) for net in nets]


def _discounts(order: Order, unit: Decimal) -> list[Decimal]:
    """The lines' discounts; they add up to the channel's discount on the whole order, rounded once."""
    exact = [line.discount for line in order.lines]
    given = [index for index, discount in enumerate(exact) if discount]
    cents = apportion(quantise(sum(exact, ZERO), unit), [exact[index] for index in given], unit) if given else []
    found = dict(zip(given, cents, strict=True))
    return [found.get(index, ZERO) for index in range(len(exact))]


def _explained(target: Decimal, exact: list[Decimal], unit: Decimal, slack: int) -> bool:
    """Whether `slack` roundings, half a unit each, can have made the sum of the exact amounts into the target."""
    return bool(exact) and abs(sum(exact, ZERO) - target) <= unit * slack / 2
