"""How much of a line is still on the order, and what that comes to.

A line keeps the quantity it was sold with; `currentQuantity` is what neither refunds nor edits took away. Here a unit
is off the order if it will never be sent: removed by an edit, or refunded before it left. One that left and was
refunded stays on the order, for its refund is recorded as such.

Whether a refunded unit had left is told by `restockType` (CANCEL: it had not, documented) and by what the parcels of
that line hold.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..errors import Unreadable
from . import fields, order_state

ZERO = Decimal(0)
DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Taken:
    """One refund of some units of a line. `kept`: how many of them had left, and so stay on the order."""

    quantity: int
    kept: int
    row: Mapping[str, Any]

    @property
    def share_kept(self) -> Decimal:
        return Decimal(self.kept) / self.quantity if self.quantity else ZERO


@dataclass(frozen=True, slots=True)
class Units:
    """`on_order` of `sold` units; `edited`: taken off by an edit, without a refund of them."""

    sold: int
    on_order: int
    edited: int
    taken: tuple[Taken, ...]


def read_units(row: Mapping[str, Any]) -> dict[str, Units]:
    """{gid of the line: its units}."""
    refunded, left = _refunded(row), _shipped(row)
    return {
        str(line.get("id")): _units(line, refunded[str(line.get("id"))], left[str(line.get("id"))])
        for line in fields.rows(row.get("lineItems"))
    }


def _units(line: Mapping[str, Any], refunded: list[dict], left: int) -> Units:
    sold, current = fields.count(line.get("quantity")), fields.count(line.get("currentQuantity"))
    taken = tuple(_taken(refunded, left))
    if min(sold, current, *(part.quantity for part in taken), 0) < 0 or current > sold:
        raise Unreadable("A line of the order has more or fewer units than can be.")
    edited = max(sold - current - sum(part.quantity for part in taken), 0)
    on_order = min(current + sum(part.kept for part in taken), sold)
    return Units(sold=sold, on_order=on_order, edited=edited, taken=taken)


def _taken(refunded: list[dict], left: int) -> Iterator[Taken]:
    for row in refunded:
        quantity = fields.count(row.get("quantity"))
        kept = 0 if row.get("restockType") == "CANCEL" else min(quantity, left)
        left -= kept
        yield Taken(quantity=quantity, kept=kept, row=row)


def _refunded(row: Mapping[str, Any]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for refund in fields.rows(row.get("refunds")):
        for line in fields.rows(refund.get("refundLineItems")):
            found[str(fields.record(line.get("lineItem")).get("id"))].append(line)
    return found


def _shipped(row: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for parcel in order_state.parcels(row):
        for line in fields.rows(parcel.get("fulfillmentLineItems")):
            found[str(fields.record(line.get("lineItem")).get("id"))] += fields.count(line.get("quantity"))
    return found


def gone(units: Units, which: str, whole: Decimal, name: str) -> Decimal:
    """What of the line's amount `whole` went off the order: as the refunds state it in `name`, by share for edits."""
    stated = sum((fields.side(part.row, name, which) * (1 - part.share_kept) for part in units.taken), ZERO)
    by_edit = whole * units.edited / units.sold if units.sold else ZERO
    return (stated + by_edit).quantize(DIGITS) if stated or by_edit else ZERO


def kept(units: Units, which: str, name: str) -> Decimal:
    """What the refunds state for units that had left."""
    found = sum((fields.side(part.row, name, which) * part.share_kept for part in units.taken), ZERO)
    return found.quantize(DIGITS) if found else ZERO
