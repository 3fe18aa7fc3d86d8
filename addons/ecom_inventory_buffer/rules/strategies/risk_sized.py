from typing import NamedTuple

from .base import amount


class RiskSized(NamedTuple):
    """Hide as little as keeps the chance of overselling within `percent` (risk/share_out.py).

    What is safe depends on all channels of the stock together: `decide_pool` works it out and puts it in `case.safe`.
    """

    percent: float

    @property
    def risk(self):
        return self.percent / 100.0

    def problems(self):
        found = amount(self.percent, "The chance of overselling")
        if not found and not 0 < self.percent < 100:
            found = ["The chance of overselling must lie between 0 and 100 %, without either."]
        return found

    def apply(self, quantity, case):
        if case.safe is None:
            raise LookupError("Nobody worked out what is safe for this listing: decide its pool, not it alone.")
        return min(quantity, case.safe)

    def words(self, before, after):
        values = {"units": before - after, "percent": self.percent}
        return "less %(units)s, so that at most %(percent)s %% of such stock is oversold", values
