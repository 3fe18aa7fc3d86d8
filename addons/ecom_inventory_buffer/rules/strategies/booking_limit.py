from typing import NamedTuple


class BookingLimit(NamedTuple):
    """Keep units for the channels where they earn more (booking_limits.py); `case.limit` holds the result."""

    def problems(self):
        return []

    def apply(self, quantity, case):
        # Without margins nobody earns more than another.
        return quantity if case.limit is None else min(quantity, case.limit)

    def words(self, before, after):
        return "less %(units)s kept for channels where a unit earns more", {"units": before - after}
