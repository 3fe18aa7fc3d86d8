"""A transparent score: what each sign adds to it is shown with it. One sign a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import Facts, Limits
from ..finding import Reason
from . import address_mismatch, disposable_mail, unusual_value, velocity

if TYPE_CHECKING:
    from ....channels.records import Order

SIGNS = (address_mismatch, velocity, unusual_value, disposable_mail)


def find(order: Order, facts: Facts, limits: Limits) -> Iterator[Reason]:
    reasons = [reason for sign in SIGNS for reason in sign.find(order, facts, limits)]
    score = sum(reason.points for reason in reasons)
    if score >= limits.points:
        yield Reason(code="score", values={"score": score, "limit": limits.points})
        yield from reasons
