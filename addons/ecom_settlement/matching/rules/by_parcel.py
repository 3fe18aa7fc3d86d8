"""The parcel that the report names."""

from ..known import NONE, Known
from ..line import Line


def find(line: Line, known: Known) -> frozenset[int]:
    return known.parcels.get(line.parcel, NONE) if line.parcel else NONE
