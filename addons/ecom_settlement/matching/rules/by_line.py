"""The line of an order that the report names by the channel's own id of it."""

from ..known import NONE, Known
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    return known.lines.get(line.line, NONE) if line.line else NONE
