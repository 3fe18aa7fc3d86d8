"""The refund that the report names, or the payment that it gives back."""

from ..known import NONE, Known
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    if not line.refund:
        return NONE
    return known.refunds.get(line.refund, NONE) or known.payments.get(line.refund, NONE)
