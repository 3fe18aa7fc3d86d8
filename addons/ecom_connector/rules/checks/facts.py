"""What this database knows of an order beside what the channel says of it: plain values, gathered for a whole batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """Another order of the same buyer or to the same address. `basket`: {product: units}; empty where not looked up."""

    number: str
    placed_at: datetime
    total: Decimal = ZERO
    currency: str = ""
    same_buyer: bool = False
    same_address: bool = False
    basket: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """The product behind a line. `categories`: its category and all above it."""

    product: int
    name: str
    categories: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """One product of the order, in its own unit. `free` may be negative."""

    item: str
    wanted: Decimal
    free: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """In the company's currency: what the customer owes already, how much he may owe, what this order adds."""

    limit: Decimal
    owed: Decimal
    added: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """Something that does not go somewhere. An empty part means any."""

    name: str
    products: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What an address of the country needs. `known`: it exists here."""

    known: bool = True
    needs_postcode: bool = True
    needs_state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one order; what a rule that is switched off would need stays empty.

    types           kinds of the order, see order_types.py
    difference      channel's total less everything on its lines; tax_difference: its tax less the tax on the lines
    tolerance       up to which a difference becomes a rounding line
    value           what the buyer pays, in the company's currency
    unknown         (kind, code, name) of words without a meaning here; kind "payment" or "delivery"
    pays_later      the buyer is trusted to pay after the goods left: invoice, cash on delivery
    prices          {external id of a line: price of one unit before discount, without tax, by the pricelist}
    stock           each product of the order of which stock is kept
    credit          None where no limit is set
    earlier         orders placed in the time that the rules look back, newest first
    goods           {external id of a line: Goods}
    blocked         (kind, value, why) of entries on the block list that this buyer meets
    restrictions    all that are in force on the channel
    country         of the address where the goods go
    """

    types: frozenset[str] = frozenset()
    difference: Decimal = ZERO
    tax_difference: Decimal = ZERO
    tolerance: Decimal = ZERO
    value: Decimal = ZERO
    unknown: tuple[tuple[str, str, str], ...] = ()
    pays_later: bool = False
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    stock: tuple[Stock, ...] = ()
    credit: Credit | None = None
    earlier: tuple[Earlier, ...] = ()
    goods: Mapping[str, Goods] = field(default_factory=dict)
    blocked: tuple[tuple[str, str, str], ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    country: Country = Country()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How strict a rule is; each rule reads its own of them.

    payment     the least that must have happened: "authorized" or "paid"
    level       of the channel's own risk from which on it counts: "medium" or "high"
    points      score from which on it counts
    amount      in the company's currency: from here on an order is unusually large
    orders      as many other orders of the buyer or to the address within `hours` are unusual
    percent     how far a price may be from the pricelist
    phone       carriers need a telephone number
    """

    payment: str = "authorized"
    level: str = "high"
    points: int = 60
    amount: Decimal = Decimal(1000)
    orders: int = 4
    hours: int = 24
    percent: Decimal = Decimal(50)
    phone: bool = False
