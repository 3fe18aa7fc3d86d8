from typing import NamedTuple

from .base import amount


class LowStock(NamedTuple):
    """Other strategies while so many units or fewer are free: they replace the rule's own."""

    units: float
    strategies: tuple

    def problems(self):
        found = amount(self.units, "The number below which stock is low")
        if not self.strategies:
            found.append("Say what to do while stock is low.")
        if any(isinstance(strategy, LowStock) for strategy in self.strategies):
            found.append("While stock is low there is no second low stock.")
        return found
