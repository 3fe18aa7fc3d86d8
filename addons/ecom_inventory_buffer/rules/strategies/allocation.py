from typing import NamedTuple

from .base import amount


class Allocation(NamedTuple):
    """A number of units belongs to this channel; it gets no more of them when they are sold (`case.sold` counts)."""

    units: float

    def problems(self):
        return amount(self.units, "The allocation")

    def apply(self, quantity, case):
        return min(quantity, max(0.0, self.units - case.sold))

    def words(self, before, after):
        return "%(left)s left of the %(units)s allocated to this channel", {"left": after, "units": self.units}
