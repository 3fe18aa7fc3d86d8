from typing import NamedTuple

from .base import amount


class Fixed(NamedTuple):
    """Keep a fixed number of units back."""

    units: float

    def problems(self):
        return amount(self.units, "The buffer")

    def apply(self, quantity, case):
        return quantity - self.units

    def words(self, before, after):
        return "less a buffer of %(units)s", {"units": self.units}
