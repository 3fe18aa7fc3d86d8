from typing import NamedTuple

from .base import amount


class LastUnits(NamedTuple):
    """The last units are for one channel only."""

    units: float
    channel: object

    def problems(self):
        found = amount(self.units, "The number of last units")
        if self.channel is None:
            found.append("Say which channel gets the last units.")
        return found

    def apply(self, quantity, case):
        if quantity > 0 and case.available <= self.units and case.channel != self.channel:
            return 0.0
        return quantity

    def words(self, before, after):
        return "the last %(units)s are for the preferred channel", {"units": self.units}
