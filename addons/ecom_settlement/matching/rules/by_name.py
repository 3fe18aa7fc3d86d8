"""Any other name of the order: its number, a purchase order, an older id. Two shops may both have an order 1041."""

from ..known import NONE, Known, bare
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    for name in (line.name, line.order):
        found = known.names.get(bare(name), NONE) if name else NONE
        if found:
            return found
    return NONE
