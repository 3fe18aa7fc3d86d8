from typing import NamedTuple

from .base import amount


class Constant(NamedTuple):
    """Always the same quantity, for goods that are replenished at any time: stock does not matter."""

    units: float

    def problems(self):
        return amount(self.units, "The constant quantity")

    def apply(self, quantity, case):
        return float(self.units)

    def words(self, before, after):
        return "always %(units)s, whatever the stock", {"units": self.units}
