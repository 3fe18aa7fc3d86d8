"""The payment transaction that the report names: an order has its own."""

from ..known import NONE, Known
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    return known.payments.get(line.payment, NONE) if line.payment else NONE
