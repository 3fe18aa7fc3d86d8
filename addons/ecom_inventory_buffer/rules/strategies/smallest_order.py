import math
from typing import NamedTuple

from .base import amount


class SmallestOrder(NamedTuple):
    """Show nothing where fewer are left than a buyer must take. Works on whole listings, after all others."""

    listings: float

    def problems(self):
        return amount(self.listings, "The smallest order")

    def apply(self, quantity, case):
        return quantity if quantity >= math.ceil(self.listings) else 0

    def words(self, before, after):
        return "nothing, for the smallest order is %(listings)s", {"listings": self.listings}
