from typing import NamedTuple

from .base import amount


class Cap(NamedTuple):
    """Never list more than so many units."""

    units: float

    def problems(self):
        return amount(self.units, "The most to list")

    def apply(self, quantity, case):
        return min(quantity, self.units)

    def words(self, before, after):
        return "never more than %(units)s", {"units": self.units}
