import datetime
from typing import NamedTuple

from .base import amount


class PreOrder(NamedTuple):
    """Sell goods before they are there: from `opens` (None: at once) until they are released, at most `cap` units on
    this channel (`case.ahead` counts those ordered so far), covered by `percent` of what comes in until then."""

    released: datetime.date
    cap: float
    opens: datetime.date | None = None
    percent: float = 100.0

    def problems(self):
        found = [*amount(self.cap, "The most to sell ahead"), *amount(self.percent, "The part of incoming stock")]
        if not found and self.percent > 100:
            found.append("No more than 100 % of the incoming stock can be sold ahead.")
        if self.released is None:
            found.append("Say when the goods are released.")
        elif self.opens is not None and self.opens >= self.released:
            found.append("Pre-orders must open before the goods are released.")
        return found

    def apply(self, quantity, case):
        if case.today >= self.released or (self.opens is not None and case.today < self.opens):
            return quantity
        covered = case.available + case.terms.arriving(self.released) * self.percent / 100.0
        return max(0.0, min(covered, self.cap - case.ahead))

    def words(self, before, after):
        return "%(units)s on pre-order until %(released)s", {"units": after, "released": self.released}
