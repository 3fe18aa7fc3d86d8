from typing import NamedTuple

from .base import amount


class Percent(NamedTuple):
    """Show a part of the stock, rounded down when listings are counted."""

    percent: float

    def problems(self):
        found = amount(self.percent, "The percentage")
        if not found and self.percent > 100:
            found = ["The percentage cannot be more than 100: that would list stock that is not there."]
        return found

    def apply(self, quantity, case):
        # A part of what is missing would make it less.
        return quantity * self.percent / 100.0 if quantity > 0 else quantity

    def words(self, before, after):
        return "%(percent)s %% of that", {"percent": self.percent}
