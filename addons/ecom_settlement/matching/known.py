"""What is known here: the names by which a report may cite an order -> the orders that go by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Names = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """A line of an order. `amounts`: what a report may state of it, with and without its tax."""

    order: int
    quantity: Decimal
    amounts: frozenset[Decimal]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Ids of orders by: the channel's own id; any other name (number, purchase order ...); a payment; a refund; a line
    of theirs; a parcel. `goods`: {SKU: lines that sold it}."""

    ids: Names = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    payments: Names = field(default_factory=dict)
    refunds: Names = field(default_factory=dict)
    lines: Names = field(default_factory=dict)
    parcels: Names = field(default_factory=dict)
    goods: Mapping[str, tuple[Sold, ...]] = field(default_factory=dict)


NONE: frozenset[int] = frozenset()


def bare(name: str) -> str:
    """An order's number as it is compared: "#1041" and "1041" are one."""
    return name.strip().removeprefix("#")
