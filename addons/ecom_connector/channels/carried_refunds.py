"""Refunds that a platform shows in their order only: the order is filed once for each, with which one is meant.

`read` says which refunds an order names: of the order's JSON, the Refunds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from . import rows
from .errors import Unreadable
from .records import Raw, Refund

Read = Callable[[Mapping[str, Any]], Iterable[Refund]]
_MEANT = "ecomRefund"


def raws(order: Raw, read: Read) -> Iterator[Raw]:
    """One for each refund of the order; of a refund without a version of its own it is the order's."""
    row = rows.load(order.body)
    for refund in read(row):
        yield Raw(
            external_id=refund.external_id,
            version=refund.version or order.version,
            body=rows.dump({**row, _MEANT: refund.external_id}),
            updated_at=order.updated_at,
        )


def parse(body: bytes, read: Read) -> Refund:
    """The one that is meant. Unreadable."""
    row = rows.load(body)
    number = rows.identifier(row.get(_MEANT))
    for refund in read(row):
        if refund.external_id == number:
            return refund
    raise Unreadable("This is not a refund.")
