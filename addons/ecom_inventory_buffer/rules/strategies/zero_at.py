from typing import NamedTuple

from .base import amount


class ZeroAt(NamedTuple):
    """Show nothing while so many units or fewer are free for sale."""

    units: float

    def problems(self):
        return amount(self.units, "The number at which nothing is shown")

    def apply(self, quantity, case):
        return 0.0 if quantity > 0 and case.available <= self.units else quantity

    def words(self, before, after):
        return "nothing while %(units)s or fewer are free", {"units": self.units}
