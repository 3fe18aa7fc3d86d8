"""The channel's own id of the order."""

from ..known import NONE, Known
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    return known.ids.get(line.order, NONE) if line.order else NONE
