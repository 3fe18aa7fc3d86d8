"""How many units a channel can have sold, or can still sell, without our knowing.

A channel counts its own sales down. A quantity written over that count puts up for sale again what it sold in the
meantime, so after a write it can sell the new quantity, and can have sold all of the old one: until the orders placed
before the write are here.
"""

from typing import NamedTuple


class Earlier(NamedTuple):
    """What the quantities before the last write may still have sold.

    units   the most they can have sold without our knowing
    until   when all of it is imported, seconds
    """

    units: int = 0
    until: float = float("-inf")

    def unseen(self, believed, now):
        """`believed`: what the channel shows as far as we know (`believed` of the connector's rules/in_flight.py)."""
        return believed + (self.units if now < self.until else 0)

    def overwritten(self, believed, now, shown_at, known_after):
        """After a write at `now` that the channel shows from `shown_at` on; orders are here `known_after` seconds after
        they were placed."""
        units = max(believed, self.units if now < self.until else 0)
        return Earlier(units, shown_at + known_after)
