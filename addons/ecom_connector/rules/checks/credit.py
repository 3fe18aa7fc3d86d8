"""The customer would owe more than he may. What he pays on the channel he does not owe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .facts import Facts, Limits
from .finding import Reason

if TYPE_CHECKING:
    from ...channels.records import Order


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    credit = facts.credit
    if credit is None or order.payment in ("paid", "authorized"):
        return
    if credit.owed + credit.added > credit.limit:
        values = {"owed": credit.owed, "added": credit.added, "limit": credit.limit}
        yield Reason(code="credit_exceeded", values=values, about=(str(credit.added), str(credit.limit)))
