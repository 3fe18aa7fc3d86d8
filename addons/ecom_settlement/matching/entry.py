"""The entry that a payout makes: balanced by construction, equal to the deposit, or refused with the reason.

What customers paid is taken off the account where it waits (order by order), what was charged goes to its account, and
what was paid out is owed by the channel until the bank has it. Debits are positive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .line import ZERO


class Refused(Exception):
    """The payout cannot be booked like this; `code` says why: "sum" or "rounding". `amount`: by how much."""

    def __init__(self, code: str, amount: Decimal):
        super().__init__(f"{code}: {amount}")
        self.code, self.amount = code, amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One amount that goes somewhere, + is owed to the seller.

    order       the order whose money it is, 0: none; `is_refund` tells its two sides apart
    about       the order that a fee was charged for, 0: none
    account     where it goes if it is no order's money
    tax         contained in the amount as the report states it, 0 where it does not
    pair        what the other leg of the same movement is known by as well; such a leg stands alone
    is_payout   what left for the bank (negative)
    """

    amount: Decimal
    day: date
    order: int = 0
    is_refund: bool = False
    about: int = 0
    account: int = 0
    label: str = ""
    tax: Decimal = ZERO
    pair: str = ""
    is_payout: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One line of an entry. role: "order", "account", "deposit", "carried" (to the next month), "share" (of an order
    that has an entry of its own), "balance" (left with the channel), "rounding", "suspense"; "tax": taken out of the
    leg of its account.

    charged, contained    what of the amount the report states a tax for, and that tax
    tax     of a tax: the part of the tax that it is; of what it was taken out of: the tax
    base    of a tax: what it is charged on
    group   of a tax: the tax that it is a part of; `levied`: the taxes that are charged on it in turn
    """

    role: str
    amount: Decimal
    order: int = 0
    is_refund: bool = False
    account: int = 0
    label: str = ""
    pair: str = ""
    charged: Decimal = ZERO
    contained: Decimal = ZERO
    tax: int = 0
    base: Decimal = ZERO
    group: int = 0
    levied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """payout      what the report states, None for a statement, whose payouts are parts
    digits         of the currency
    limit          the most that rounding may come to
    is_accepted    a person accepted a report that does not add up: the difference waits in suspense
    is_by_order    an entry for each order with its fees, and one with the payout and what is of no order
    """

    payout: Decimal | None
    digits: int = 2
    limit: Decimal = Decimal("0.05")
    is_accepted: bool = False
    is_by_order: bool = False


def compose(parts: Iterable[Part], terms: Terms) -> list[tuple[date, list[Leg]]]:
    """(last day that is in it, legs) of one entry a month, in order, those of its orders before it. Refused.

    What a month before the last one came to is carried to the last, which has the payout. A month in which nothing
    moved has no entry.
    """
    months: dict[tuple[int, int], list[Part]] = {}
    for part in parts:
        months.setdefault((part.day.year, part.day.month), []).append(part)
    entries, carried = [], ZERO
    for place, month in enumerate(sorted(months), 1):
        own = months[month]
        apart, legs = _by_order(own, terms.digits) if terms.is_by_order else ([], _legs(own, terms.digits))
        if terms.payout is None:
            legs.append(Leg(role="balance", amount=-_sum(legs)))
        elif place < len(months):
            moved = -_sum(legs)
            carried += moved
            legs.append(Leg(role="carried", amount=moved))
        else:
            legs += [Leg(role="carried", amount=-carried), Leg(role="deposit", amount=terms.payout)]
            legs.append(_rest(-_sum(legs), months, terms))
        legs = [leg for leg in legs if leg.amount]
        if _sum(legs):
            raise Refused("sum", _sum(legs))
        entries += apart
        if legs:
            entries.append((max(part.day for part in own), legs))
    return entries


def _by_order(parts: list[Part], digits: int) -> tuple[list[tuple[date, list[Leg]]], list[Leg]]:
    """The entries of the orders, each with its share of the payout, and the legs of all that is left."""
    groups: dict[int, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.order or part.about, []).append(part)
    rest, entries, brought = groups.pop(0, []), [], ZERO
    for own in groups.values():
        legs = [leg for leg in _legs(own, digits) if leg.amount]
        share = -_sum(legs)
        brought += share
        if share:
            legs.append(Leg(role="share", amount=share))
        if legs:
            entries.append((max(part.day for part in own), legs))
    return entries, [*_legs(rest, digits), Leg(role="share", amount=-brought)]


def _legs(parts: list[Part], digits: int) -> list[Leg]:
    """One leg an order and side, one an account and label, one a payout; each rounded once."""
    sums: dict[tuple, list[Decimal]] = {}
    deposits = []
    for part in parts:
        if part.is_payout:
            deposits.append(Leg(role="deposit", amount=_round(-part.amount, digits), label=part.label))
            continue
        order = part.order
        key = (order, part.is_refund, 0, "", "") if order else (0, False, part.account, part.label, part.pair)
        known = sums.setdefault(key, [ZERO, ZERO, ZERO])
        known[0] += part.amount
        if part.tax:
            known[1] += part.amount
            known[2] += part.tax
    legs = [
        Leg(
            role="order" if order else "account",
            amount=-_round(amount, digits),
            order=order,
            is_refund=is_refund,
            account=account,
            label=label,
            charged=-_round(charged, digits),
            contained=-_round(contained, digits),
            pair=pair,
        )
        for (order, is_refund, account, label, pair), (amount, charged, contained) in sums.items()
    ]
    return legs + deposits


def _rest(rest: Decimal, months: dict, terms: Terms) -> Leg:
    """What is left when the payout is booked: cents of rounding, or a report that does not add up."""
    exact = terms.payout - sum((part.amount for parts in months.values() for part in parts), ZERO)
    if abs(exact) < Decimal(1).scaleb(-terms.digits):
        if abs(rest) > terms.limit:
            raise Refused("rounding", rest)
        return Leg(role="rounding", amount=rest)
    if not terms.is_accepted:
        raise Refused("sum", exact)
    return Leg(role="suspense", amount=rest)


def _round(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _sum(legs: list[Leg]) -> Decimal:
    return sum((leg.amount for leg in legs), ZERO)
