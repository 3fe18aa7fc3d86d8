"""What of an order a later version may not change unnoticed."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the plain packages of an add-on are tested apart from each other
    from ..channels.records import Address, Line, Order

PARTS = ("lines", "addresses")


def content(order: Order) -> str:
    """A fingerprint, one word for each of PARTS. Equal where the channel states the same, in whatever digits."""
    lines = [order.currency, _number(order.total), _number(order.tax_total), *sorted(map(_line, order.lines))]
    addresses = [_address(order.bill_to), _address(order.ship_to), order.shipping_method]
    return " ".join(hashlib.sha256(repr(part).encode()).hexdigest()[:16] for part in (lines, addresses))


def changed(known: str, now: str) -> list[str]:
    """Which PARTS differ."""
    if not known:
        return []
    return [part for part, old, new in zip(PARTS, known.split(), now.split(), strict=True) if old != new]


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _line(line: Line) -> tuple:
    taxes = sorted((tax.code, _number(tax.amount), tax.remitted) for tax in line.taxes)
    amounts = tuple(_number(amount) for amount in (line.quantity, line.gross, line.discount))
    # A line's own id says what it sells: item and SKU vanish from it when the shop deletes the product.
    sold = (line.external_id,) if line.external_id else (line.variant_id, line.sku)
    return (line.kind, *sold, *amounts, tuple(taxes))


def _address(address: Address) -> tuple:
    words = (address.name, address.company, address.street, address.street2, address.city)
    words += (address.postcode, address.state, address.country)
    return tuple(" ".join(word.split()).casefold() for word in words)
