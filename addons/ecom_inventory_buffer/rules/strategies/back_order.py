import math
from typing import NamedTuple

from ..terms import DUST
from .base import amount


class BackOrder(NamedTuple):
    """Sell more than there is, up to a cap. What is promised already beyond the stock is taken from the cap.

    Works on whole listings, after all that work on units.
    """

    listings: float

    def problems(self):
        return amount(self.listings, "The most to sell beyond the stock")

    def apply(self, quantity, case):
        promised = math.ceil(max(0.0, -case.available) / case.units - DUST)
        return quantity + max(0, math.floor(self.listings) - promised)

    def words(self, before, after):
        return "plus %(listings)s on back-order", {"listings": after - before}
